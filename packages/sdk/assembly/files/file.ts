import * as wasi from "../host/wasiPreview1";
import { Result } from "../result";
import { encodeUtf8 } from "../text/utf8";
import { Errno } from "./errno";
import { FileError } from "./fileError";
import { OpenOptions } from "./openOptions";
import { notGiven, placeOf } from "./preopens";
import { FileStat, statOfDescriptor } from "./stat";
import { OUT, readAll, readFully, textOf, writeFully } from "./transfer";

const FOLLOW: u32 = 1;
/** No descriptor has this number: the host says that it is not open. */
const CLOSED: u32 = u32.MAX_VALUE;

/** What an offset counts from. */
export enum SeekFrom {
  /** The first byte of the file. */
  Start,
  /** Where the next read or write would be. */
  Current,
  /** Behind the last byte. */
  End,
}

/**
 * An open file, of the process that opened it: it cannot be sent. It is open until `close`, or until the process ends,
 * however it ends; nothing closes it when the object is out of sight.
 *
 * ```ts
 * const opened = File.open("data.bin", new OpenOptions().read().write().create());
 * if (!opened.ok) return print(opened.error!);
 * const file = opened.value;
 * file.writeAt(record, 0);
 * file.sync();
 * file.close();
 * ```
 */
export class File {
  private constructor(
    private fd: u32,
    /** As the program wrote it when the file was opened. */
    readonly path: string,
  ) {}

  /** Opens a file that is there, for reading; or as the options say. */
  static open(path: string, options: OpenOptions = new OpenOptions().read()): Result<File, FileError> {
    return File.__open("open", path, options);
  }

  /** Opens a file for reading and writing. It is made if there is none, and emptied if there is one. */
  static create(path: string): Result<File, FileError> {
    return File.__open("make", path, new OpenOptions().read().write().create().truncate());
  }

  /** @param verb what is tried, for the error */
  static __open(verb: string, path: string, options: OpenOptions): Result<File, FileError> {
    const what = `${verb} "${path}"`;
    if (options.__isContradictory) return failed(FileError.__of(what, path, Errno.InvalidInput));
    const place = placeOf(path);
    if (place === null) return failed(notGiven(what, path));
    const code = wasi.path_open(
      place.directory,
      FOLLOW,
      place.start,
      place.length,
      options.__oflags,
      options.__rights,
      0,
      options.__fdflags,
      OUT,
    );
    if (code != 0) return failed(FileError.__of(what, path, code));
    return Result.ok<File, FileError>(new File(load<u32>(OUT), path));
  }

  /**
   * Reads on, and puts the bytes at the start of a buffer.
   * @returns how many; fewer than there is room for only at the end of the file
   */
  read(into: Uint8Array): Result<u32, FileError> {
    return readFully(this.fd, this.path, into, false, 0);
  }

  /** As `read`, but from a place in the file. Where the next `read` goes on does not change. */
  readAt(into: Uint8Array, offset: u64): Result<u32, FileError> {
    return readFully(this.fd, this.path, into, true, offset);
  }

  /** All bytes from here to the end. */
  readBytes(): Result<Uint8Array, FileError> {
    return readAll(this.fd, this.path);
  }

  /** All text from here to the end. Bytes that are not UTF-8 are an error. */
  readText(): Result<string, FileError> {
    return textOf(readAll(this.fd, this.path), this.path);
  }

  /** Writes all bytes where the last read or write ended; at the end of a file that was opened for appending. */
  write(bytes: Uint8Array): FileError | null {
    return writeFully(this.fd, this.path, bytes.dataStart, bytes.byteLength, false, 0);
  }

  /** Writes all bytes at a place in the file, which grows where needed. Where the next `write` goes does not change. */
  writeAt(bytes: Uint8Array, offset: u64): FileError | null {
    return writeFully(this.fd, this.path, bytes.dataStart, bytes.byteLength, true, offset);
  }

  /** Writes a text in UTF-8, as `write` does. */
  writeText(text: string): FileError | null {
    const bytes = encodeUtf8(text);
    return writeFully(this.fd, this.path, changetype<usize>(bytes), bytes.byteLength, false, 0);
  }

  /**
   * Says where the next read or write is. It may be behind the end: what is between is zeros once something is written.
   * @returns where that is from the start of the file; `seek(0, SeekFrom.Current)` only asks
   */
  seek(offset: i64, from: SeekFrom = SeekFrom.Start): Result<u64, FileError> {
    const code = wasi.fd_seek(this.fd, offset, from, OUT);
    if (code != 0) return Result.err<u64, FileError>(this.failure("seek in", code));
    return Result.ok<u64, FileError>(load<u64>(OUT));
  }

  /** Size, times and kind. */
  stat(): Result<FileStat, FileError> {
    return statOfDescriptor(this.fd, this.path);
  }

  /** Cuts it off at a size in bytes, or fills it with zeros up to there. */
  truncate(size: u64): FileError | null {
    return this.outcome("truncate", wasi.fd_filestat_set_size(this.fd, size));
  }

  /** Waits until all that was written to it is on the disk, whoever wrote it: no crash can take that away. */
  sync(): FileError | null {
    return this.outcome("sync", wasi.fd_sync(this.fd));
  }

  /** Gives it back. Whatever is then tried with it is an error (EBADF), but for closing it again. */
  close(): FileError | null {
    const fd = this.fd;
    if (fd == CLOSED) return null;
    this.fd = CLOSED;
    return this.outcome("close", wasi.fd_close(fd));
  }

  private outcome(verb: string, code: u32): FileError | null {
    return code == 0 ? null : this.failure(verb, code);
  }

  private failure(verb: string, code: u32): FileError {
    return FileError.__of(`${verb} "${this.path}"`, this.path, code);
  }
}

function failed(error: FileError): Result<File, FileError> {
  return Result.err<File, FileError>(error);
}
