import * as wasi from "../host/wasiPreview1";
import { Result } from "../result";
import { FileError } from "./fileError";
import { notGiven, placeOf } from "./preopens";

/** What is at a path. */
export enum FileKind {
  /** None of the others. */
  Other = 0,
  /** A directory. */
  Directory = 3,
  /** A file with content. */
  File = 4,
  /** A symbolic link: the path of something else. */
  SymbolicLink = 7,
}

/** A `filestat` of WASI: filetype at 16, links at 24, size at 32, and three times. */
const STAT: usize = memory.data(64, 8);
const NANOSECONDS: u64 = 1_000_000;
const FOLLOW: u32 = 1;
const KEEP: u32 = 0;

/** What is known of a file or a directory. Times are milliseconds since the beginning of 1970, as `now()` gives them. */
export class FileStat {
  constructor(
    /** What it is. */
    readonly kind: FileKind,
    /** How many bytes are in it; of a symbolic link how many bytes its path has. */
    readonly size: u64,
    /** How many names it has. */
    readonly linkCount: u64,
    /** When its content was last read. */
    readonly accessed: u64,
    /** When its content was last changed. */
    readonly modified: u64,
    /** When its content, size, times or names were last changed. */
    readonly changed: u64,
  ) {}

  /** Whether it is a file with content. */
  get isFile(): bool {
    return this.kind == FileKind.File;
  }

  /** Whether it is a directory. */
  get isDirectory(): bool {
    return this.kind == FileKind.Directory;
  }
}

/** What is at a path. Of a symbolic link: what it leads to. */
export function stat(path: string): Result<FileStat, FileError> {
  return look(path, FOLLOW);
}

/** As `stat`, but of a symbolic link at the end of the path it tells of the link itself. */
export function linkStat(path: string): Result<FileStat, FileError> {
  return look(path, KEEP);
}

/** Whether there is something at a path; false also where this process cannot look. It may be gone a moment later. */
export function exists(path: string): bool {
  const place = placeOf(path);
  return place !== null && wasi.path_filestat_get(place.directory, FOLLOW, place.start, place.length, STAT) == 0;
}

/** What is known of an open file. */
export function statOfDescriptor(fd: u32, path: string): Result<FileStat, FileError> {
  return answer(wasi.fd_filestat_get(fd, STAT), path);
}

/** The kind that WASI writes as a byte. */
export function kindOf(filetype: u32): FileKind {
  switch (filetype) {
    case FileKind.Directory:
      return FileKind.Directory;
    case FileKind.File:
      return FileKind.File;
    case FileKind.SymbolicLink:
      return FileKind.SymbolicLink;
    default:
      return FileKind.Other;
  }
}

function look(path: string, flags: u32): Result<FileStat, FileError> {
  const place = placeOf(path);
  if (place === null) return Result.err<FileStat, FileError>(notGiven(`look at "${path}"`, path));
  return answer(wasi.path_filestat_get(place.directory, flags, place.start, place.length, STAT), path);
}

function answer(code: u32, path: string): Result<FileStat, FileError> {
  if (code != 0) return Result.err<FileStat, FileError>(FileError.__of(`look at "${path}"`, path, code));
  return Result.ok<FileStat, FileError>(
    new FileStat(
      kindOf(load<u8>(STAT, 16)),
      load<u64>(STAT, 32),
      load<u64>(STAT, 24),
      load<u64>(STAT, 40) / NANOSECONDS,
      load<u64>(STAT, 48) / NANOSECONDS,
      load<u64>(STAT, 56) / NANOSECONDS,
    ),
  );
}
