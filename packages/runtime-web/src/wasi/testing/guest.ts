import { FILETYPE, LOOKUP_SYMLINK_FOLLOW } from "../constants.ts";
import { wasiFunctions } from "../functions/index.ts";
import { DIRENT, FDSTAT, FILESTAT, IOVEC } from "../structs.ts";
import { TestHost, type TestHostOptions } from "./testHost.ts";

/** Every bit, as standard libraries ask that do not care. */
export const ALL_RIGHTS = 0xffff_ffff_ffff_ffffn;

/** The first preopened directory of every test. */
export const ROOT = 3;

export interface OpenOptions {
  readonly at?: number;
  readonly oflags?: number;
  readonly rights?: bigint | number;
  readonly inheriting?: bigint | number;
  readonly fdflags?: number;
  readonly follow?: boolean;
}

export interface GuestFilestat {
  readonly inode: bigint;
  readonly filetype: number;
  readonly linkCount: bigint;
  readonly size: bigint;
  readonly accessed: bigint;
  readonly modified: bigint;
  readonly changed: bigint;
}

export interface GuestDirent {
  readonly name: string;
  readonly filetype: number;
  readonly inode: bigint;
  readonly next: bigint;
}

/** A guest written by hand: puts arguments into memory, calls preview1 functions and takes results out. */
export class Guest extends TestHost {
  readonly wasi;

  constructor(options: TestHostOptions = {}) {
    super(options);
    this.wasi = wasiFunctions(this);
  }

  /** Pointer and length of a string, to be spread into a call. */
  text(text: string): [ptr: number, len: number] {
    const bytes = new TextEncoder().encode(text);
    const ptr = this.region.allocate(bytes.length);
    this.region.write(ptr, bytes);
    return [ptr, bytes.length];
  }

  /** Pointer and count of iovecs. */
  iovecs(...buffers: (readonly [ptr: number, len: number])[]): [ptr: number, count: number] {
    const ptr = this.region.allocate(buffers.length * IOVEC.sizeBytes);
    buffers.forEach(([buf, len], i) => {
      this.region.setU32(ptr + i * IOVEC.sizeBytes + IOVEC.at.buf, buf);
      this.region.setU32(ptr + i * IOVEC.sizeBytes + IOVEC.at.bufLen, len);
    });
    return [ptr, buffers.length];
  }

  /** @returns the descriptor, or the errno as a negative number */
  open(path: string, options: OpenOptions = {}): number {
    const result = this.region.allocate(4);
    const errno = this.wasi.path_open(
      options.at ?? ROOT,
      options.follow === true ? LOOKUP_SYMLINK_FOLLOW : 0,
      ...this.text(path),
      options.oflags ?? 0,
      BigInt(options.rights ?? ALL_RIGHTS & ~(1n << 6n)),
      BigInt(options.inheriting ?? ALL_RIGHTS),
      options.fdflags ?? 0,
      result,
    );
    return errno === 0 ? this.region.u32(result) : -errno;
  }

  /** @returns bytes written, or a negated errno */
  write(fd: number, text: string): number {
    const result = this.region.allocate(4);
    const errno = this.wasi.fd_write(fd, ...this.iovecs(this.text(text)), result);
    return errno === 0 ? this.region.u32(result) : -errno;
  }

  /** @returns what was read, or a negated errno */
  read(fd: number, len: number): string | number {
    const result = this.region.allocate(4);
    const buf = this.region.allocate(len);
    const errno = this.wasi.fd_read(fd, ...this.iovecs([buf, len]), result);
    if (typeof errno !== "number") throw new Error("the read parked; call fd_read itself");
    return errno === 0 ? new TextDecoder().decode(this.region.read(buf, this.region.u32(result))) : -errno;
  }

  /** @returns the position, or a negated errno */
  seek(fd: number, offset: bigint, whence: number): bigint | number {
    const result = this.region.allocate(8);
    const errno = this.wasi.fd_seek(fd, offset, whence, result);
    return errno === 0 ? this.region.u64(result) : -errno;
  }

  /** @returns the status, or a negated errno */
  stat(path: string, options: { at?: number; follow?: boolean } = {}): GuestFilestat | number {
    const buf = this.region.allocate(FILESTAT.sizeBytes);
    const flags = options.follow === true ? LOOKUP_SYMLINK_FOLLOW : 0;
    const errno = this.wasi.path_filestat_get(options.at ?? ROOT, flags, ...this.text(path), buf);
    return errno === 0 ? this.filestat(buf) : -errno;
  }

  /** @returns the status, or a negated errno */
  statFd(fd: number): GuestFilestat | number {
    const buf = this.region.allocate(FILESTAT.sizeBytes);
    const errno = this.wasi.fd_filestat_get(fd, buf);
    return errno === 0 ? this.filestat(buf) : -errno;
  }

  fdstat(fd: number) {
    const buf = this.region.allocate(FDSTAT.sizeBytes);
    const errno = this.wasi.fd_fdstat_get(fd, buf);
    if (errno !== 0) throw new Error(`fd_fdstat_get(${fd}) gave ${errno}`);
    return {
      filetype: this.region.read(buf + FDSTAT.at.filetype, 1)[0],
      flags: this.region.view.getUint16(this.region.address(buf + FDSTAT.at.flags, 2), true),
      base: this.region.u64(buf + FDSTAT.at.rightsBase),
      inheriting: this.region.u64(buf + FDSTAT.at.rightsInheriting),
    };
  }

  /** One call of fd_readdir: the whole entries in the buffer and whether it was filled. */
  readdir(fd: number, cookie = 0n, bufLen = 4096): { entries: GuestDirent[]; isFull: boolean } {
    const buf = this.region.allocate(bufLen);
    const result = this.region.allocate(4);
    const errno = this.wasi.fd_readdir(fd, buf, bufLen, cookie, result);
    if (errno !== 0) throw new Error(`fd_readdir(${fd}) gave ${errno}`);
    const used = this.region.u32(result);
    const entries: GuestDirent[] = [];
    for (let at = buf; at + DIRENT.sizeBytes <= buf + used; ) {
      const nameLen = this.region.u32(at + DIRENT.at.nameLen);
      if (at + DIRENT.sizeBytes + nameLen > buf + used) break;
      entries.push({
        name: new TextDecoder().decode(this.region.read(at + DIRENT.sizeBytes, nameLen)),
        filetype: this.region.read(at + DIRENT.at.filetype, 1)[0] ?? FILETYPE.unknown,
        inode: this.region.u64(at + DIRENT.at.inode),
        next: this.region.u64(at + DIRENT.at.next),
      });
      at += DIRENT.sizeBytes + nameLen;
    }
    return { entries, isFull: used === bufLen };
  }

  private filestat(buf: number): GuestFilestat {
    return {
      inode: this.region.u64(buf + FILESTAT.at.inode),
      filetype: this.region.read(buf + FILESTAT.at.filetype, 1)[0] ?? FILETYPE.unknown,
      linkCount: this.region.u64(buf + FILESTAT.at.linkCount),
      size: this.region.u64(buf + FILESTAT.at.size),
      accessed: this.region.u64(buf + FILESTAT.at.accessed),
      modified: this.region.u64(buf + FILESTAT.at.modified),
      changed: this.region.u64(buf + FILESTAT.at.changed),
    };
  }
}
