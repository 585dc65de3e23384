import { PARKED } from "../../kernel/parked.ts";
import { FILETYPE, LOOKUP_SYMLINK_FOLLOW } from "../constants.ts";
import { wasiFunctions } from "../functions/index.ts";
import { RIGHT } from "../rights.ts";
import { DIRENT, FDSTAT, FILESTAT, IOVEC } from "../structs.ts";
import { type ErrnoName, type NamedResults, namedResults } from "./errnoNames.ts";
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
  /** The functions under test, with their errnos by name. */
  readonly wasi: NamedResults;

  constructor(options: TestHostOptions = {}) {
    super(options);
    this.wasi = namedResults(wasiFunctions(this));
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

  /** Opens what can be opened. @returns the descriptor */
  open(path: string, options: OpenOptions = {}): number {
    const outcome = this.tryOpen(path, options);
    if (typeof outcome === "number") return outcome;
    throw new Error(`path_open gave ${outcome} for ${JSON.stringify(path)}`);
  }

  tryOpen(path: string, options: OpenOptions = {}): number | ErrnoName {
    const result = this.region.allocate(4);
    const errno = this.wasi.path_open(
      options.at ?? ROOT,
      options.follow === true ? LOOKUP_SYMLINK_FOLLOW : 0,
      ...this.text(path),
      options.oflags ?? 0,
      BigInt(options.rights ?? ALL_RIGHTS & ~BigInt(RIGHT.fdWrite)),
      BigInt(options.inheriting ?? ALL_RIGHTS),
      options.fdflags ?? 0,
      result,
    );
    return errno === "success" ? this.region.u32(result) : errno;
  }

  /** @returns bytes written */
  write(fd: number, text: string): number | ErrnoName {
    const result = this.region.allocate(4);
    const errno = this.wasi.fd_write(fd, ...this.iovecs(this.text(text)), result);
    if (errno === PARKED) throw new Error("the write parked; call fd_write itself");
    return errno === "success" ? this.region.u32(result) : errno;
  }

  /** @returns what was read */
  read(fd: number, len: number): string | { errno: ErrnoName } {
    const result = this.region.allocate(4);
    const buf = this.region.allocate(len);
    const errno = this.wasi.fd_read(fd, ...this.iovecs([buf, len]), result);
    if (errno === PARKED) throw new Error("the read parked; call fd_read itself");
    if (errno !== "success") return { errno };
    return new TextDecoder().decode(this.region.read(buf, this.region.u32(result)));
  }

  /** @returns the position */
  seek(fd: number, offset: bigint, whence: number): bigint | ErrnoName {
    const result = this.region.allocate(8);
    const errno = this.wasi.fd_seek(fd, offset, whence, result);
    return errno === "success" ? this.region.u64(result) : errno;
  }

  stat(path: string, options: { at?: number; follow?: boolean } = {}): GuestFilestat | ErrnoName {
    const buf = this.region.allocate(FILESTAT.sizeBytes);
    const flags = options.follow === true ? LOOKUP_SYMLINK_FOLLOW : 0;
    const errno = this.wasi.path_filestat_get(options.at ?? ROOT, flags, ...this.text(path), buf);
    return errno === "success" ? this.filestat(buf) : errno;
  }

  statFd(fd: number): GuestFilestat | ErrnoName {
    const buf = this.region.allocate(FILESTAT.sizeBytes);
    const errno = this.wasi.fd_filestat_get(fd, buf);
    return errno === "success" ? this.filestat(buf) : errno;
  }

  fdstat(fd: number) {
    const buf = this.region.allocate(FDSTAT.sizeBytes);
    const errno = this.wasi.fd_fdstat_get(fd, buf);
    if (errno !== "success") throw new Error(`fd_fdstat_get(${fd}) gave ${errno}`);
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
    if (errno !== "success") throw new Error(`fd_readdir(${fd}) gave ${errno}`);
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
