import * as wasi from "../host/wasiPreview1";
import { Result } from "../result";
import { decodeUtf8 } from "../text/utf8";
import { Errno } from "./errno";
import { FileError } from "./fileError";
import { notGiven, placeOf } from "./preopens";
import { FileKind, kindOf, stat } from "./stat";
import { OUT } from "./transfer";

const FOLLOW: u32 = 1;
/** Bits of WASI's `oflags` and rights. */
const DIRECTORY: u32 = 2;
const READ_DIRECTORY: u64 = 1 << 14;

/** A `dirent` of WASI: where the next one is, an inode, the length of the name at 16, the filetype at 20. */
const HEAD: u32 = 24;
/** Room for what the host gives of a directory at once: more than one entry with the longest name takes. */
const ROOM: u32 = 4096;
const SLASH: i32 = 0x2f;

/** Something in a directory. */
export class DirectoryEntry {
  constructor(
    /** Its name in the directory. */
    readonly name: string,
    /** The path of the directory and the name. */
    readonly path: string,
    /** What it is. A symbolic link is not followed. */
    readonly kind: FileKind,
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

/** What is in a directory, sorted by name (by UTF-16 units, as `sort` of strings does), without `.` and `..`. */
export function list(path: string = "."): Result<DirectoryEntry[], FileError> {
  const what = `list "${path}"`;
  const place = placeOf(path);
  if (place === null) return Result.err<DirectoryEntry[], FileError>(notGiven(what, path));
  const code = wasi.path_open(place.directory, FOLLOW, place.start, place.length, DIRECTORY, READ_DIRECTORY, 0, 0, OUT);
  if (code != 0) return Result.err<DirectoryEntry[], FileError>(FileError.__of(what, path, code));
  const fd = load<u32>(OUT);
  const entries: DirectoryEntry[] = [];
  const failure = readEntries(fd, path, entries);
  wasi.fd_close(fd);
  if (failure != 0) return Result.err<DirectoryEntry[], FileError>(FileError.__of(what, path, failure));
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return Result.ok<DirectoryEntry[], FileError>(entries);
}

/**
 * Makes a directory.
 * @param recursive also those on the way to it that are missing; it is then no error if it is there
 */
export function makeDirectory(path: string, recursive: bool = false): FileError | null {
  const what = `make the directory "${path}"`;
  const place = placeOf(path);
  if (place === null) return notGiven(what, path);
  let code = wasi.path_create_directory(place.directory, place.start, place.length);
  if (code == Errno.NotFound && recursive) {
    const end = place.start + place.length;
    for (let at = place.start; at < end; at++) {
      // Those that are there, and those that others make meanwhile, are as good; of any other error the last call tells.
      if (load<u8>(at) == <u8>SLASH) wasi.path_create_directory(place.directory, place.start, <u32>(at - place.start));
    }
    code = wasi.path_create_directory(place.directory, place.start, place.length);
  }
  if (code == 0) return null;
  if (code == Errno.AlreadyExists && recursive && isDirectory(path)) return null;
  return FileError.__of(what, path, code);
}

function isDirectory(path: string): bool {
  const looked = stat(path);
  return looked.ok && looked.value.isDirectory;
}

/** Fills a list with what is in an open directory. @returns an error number; 0: all is there */
function readEntries(fd: u32, path: string, entries: DirectoryEntry[]): u32 {
  const room = heap.alloc(ROOM);
  let next: u64 = 0;
  let code: u32 = 0;
  while (true) {
    code = wasi.fd_readdir(fd, room, ROOM, next, OUT);
    if (code != 0) break;
    const used = load<u32>(OUT);
    let at: u32 = 0;
    while (at + HEAD <= used) {
      const head = room + at;
      const length = load<u32>(head, 16);
      // Cut off: it comes again, whole, when it is asked for by its number.
      if (at + HEAD + length > used) break;
      next = load<u64>(head);
      const name = decodeUtf8(head + HEAD, length);
      if (name != "." && name != "..") entries.push(new DirectoryEntry(name, join(path, name), kindOf(load<u8>(head, 20))));
      at += HEAD + length;
    }
    if (used < ROOM || at == 0) break;
  }
  heap.free(room);
  return code;
}

function join(directory: string, name: string): string {
  if (directory == "." || directory == "") return name;
  return directory.charCodeAt(directory.length - 1) == SLASH ? directory + name : `${directory}/${name}`;
}
