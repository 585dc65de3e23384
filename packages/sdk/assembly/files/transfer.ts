import * as wasi from "../host/wasiPreview1";
import { Result } from "../result";
import { decodeUtf8, isUtf8 } from "../text/utf8";
import { Errno } from "./errno";
import { FileError } from "./fileError";
import { statOfDescriptor } from "./stat";

/** Where the host writes a descriptor, a count or a position. */
export const OUT: usize = memory.data(8, 8);
/** A pointer and a length. */
const RANGE: usize = memory.data(8, 4);
/** A byte to find out whether a file has more than it said. */
const PROBE: usize = memory.data(1);

/** The most that AssemblyScript has room for in one object. */
const MAX_BYTES: u64 = 1 << 30;
const FIRST_ROOM: u64 = 1024;

/** Reads until the buffer is full or the file ends. @param offset where, if `isAt`; else where the last read ended */
export function readFully(fd: u32, path: string, into: Uint8Array, isAt: bool, offset: u64): Result<u32, FileError> {
  let done: u32 = 0;
  const length = <u32>into.byteLength;
  while (done < length) {
    const code = readSome(fd, into.dataStart + done, length - done, isAt, offset + done);
    if (code != 0) return Result.err<u32, FileError>(failedToRead(path, code));
    const read = load<u32>(OUT);
    if (read == 0) break;
    done += read;
  }
  return Result.ok<u32, FileError>(done);
}

/** Reads from where the last read ended to the end. */
export function readAll(fd: u32, path: string): Result<Uint8Array, FileError> {
  const stat = statOfDescriptor(fd, path);
  const error = stat.error;
  if (error !== null) return Result.err<Uint8Array, FileError>(failedToRead(path, error.code));
  // What a file grows by while it is read is read too; of what is behind the position there is room to spare.
  if (stat.value.size >= MAX_BYTES) return Result.err<Uint8Array, FileError>(failedToRead(path, Errno.FileTooLarge));
  let bytes = new Uint8Array(<i32>stat.value.size);
  let used: u32 = 0;
  while (true) {
    const isFull = used == <u32>bytes.byteLength;
    const to = isFull ? PROBE : bytes.dataStart + used;
    const code = readSome(fd, to, isFull ? 1 : bytes.byteLength - used, false, 0);
    if (code != 0) return Result.err<Uint8Array, FileError>(failedToRead(path, code));
    const read = load<u32>(OUT);
    if (read == 0) break;
    if (isFull) {
      const room = max<u64>(FIRST_ROOM, 2 * <u64>used);
      if (room >= MAX_BYTES) return Result.err<Uint8Array, FileError>(failedToRead(path, Errno.FileTooLarge));
      bytes = withRoom(bytes, used, <i32>room);
      store<u8>(bytes.dataStart + used, load<u8>(PROBE));
    }
    used += read;
  }
  return Result.ok<Uint8Array, FileError>(used == <u32>bytes.byteLength ? bytes : withRoom(bytes, used, used));
}

/** The text that was read, if it is one. */
export function textOf(read: Result<Uint8Array, FileError>, path: string): Result<string, FileError> {
  const error = read.error;
  if (error !== null) return Result.err<string, FileError>(error);
  const bytes = read.value;
  if (!isUtf8(bytes.dataStart, bytes.byteLength)) return Result.err<string, FileError>(failedToRead(path, Errno.InvalidText));
  return Result.ok<string, FileError>(decodeUtf8(bytes.dataStart, bytes.byteLength));
}

/** Writes all of it. @param offset where, if `isAt`; else where the last write ended, or at the end */
export function writeFully(fd: u32, path: string, from: usize, length: usize, isAt: bool, offset: u64): FileError | null {
  let done: usize = 0;
  while (done < length) {
    store<usize>(RANGE, from + done);
    store<usize>(RANGE, length - done, 4);
    const code = isAt ? wasi.fd_pwrite(fd, RANGE, 1, offset + done, OUT) : wasi.fd_write(fd, RANGE, 1, OUT);
    const written = load<u32>(OUT);
    if (code != 0 || written == 0) return FileError.__of(`write "${path}"`, path, code != 0 ? code : Errno.Io);
    done += written;
  }
  return null;
}

function readSome(fd: u32, to: usize, length: usize, isAt: bool, offset: u64): u32 {
  store<usize>(RANGE, to);
  store<usize>(RANGE, length, 4);
  return isAt ? wasi.fd_pread(fd, RANGE, 1, offset, OUT) : wasi.fd_read(fd, RANGE, 1, OUT);
}

function withRoom(bytes: Uint8Array, used: u32, room: i32): Uint8Array {
  const larger = new Uint8Array(room);
  memory.copy(larger.dataStart, bytes.dataStart, used);
  return larger;
}

function failedToRead(path: string, code: u32): FileError {
  return FileError.__of(`read "${path}"`, path, code);
}
