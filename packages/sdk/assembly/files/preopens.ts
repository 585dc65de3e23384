import * as wasi from "../host/wasiPreview1";
import { decodeUtf8, encodeUtf8 } from "../text/utf8";
import { FileError } from "./fileError";

/** The first descriptor that can be a directory of the config: standard input, output and errors are before it. */
const FIRST: u32 = 3;
/** A u8 that says what it is, and the length of its name as a u32. */
const PRESTAT: usize = memory.data(8, 4);
const SLASH: i32 = 0x2f;
const DOT: i32 = 0x2e;

/** A directory that the config of this process preopens. */
class Preopen {
  constructor(
    readonly fd: u32,
    readonly name: string,
    /** The name as paths are compared with it. */
    readonly prefix: string,
  ) {}
}

/** A path as the host takes it: a directory of this process, and the way from there. */
export class Place {
  constructor(
    readonly directory: u32,
    private readonly way: ArrayBuffer,
  ) {}

  get start(): usize {
    return changetype<usize>(this.way);
  }

  get length(): u32 {
    return this.way.byteLength;
  }
}

let known: Preopen[] | null = null;

/** They are the same for as long as the process lives. */
function preopens(): Preopen[] {
  const before = known;
  if (before !== null) return before;
  const all: Preopen[] = [];
  for (let fd = FIRST; wasi.fd_prestat_get(fd, PRESTAT) == 0; fd++) {
    const length = load<u32>(PRESTAT, 4);
    const bytes = heap.alloc(length);
    wasi.fd_prestat_dir_name(fd, bytes, length);
    const name = decodeUtf8(bytes, length);
    heap.free(bytes);
    all.push(new Preopen(fd, name, withoutTrailingSlashes(withoutRoot(name))));
  }
  known = all;
  return all;
}

/** The directories that this process was given by its config, as they are called there. */
export function givenDirectories(): string[] {
  const all = preopens();
  const names = new Array<string>(all.length);
  for (let i = 0; i < all.length; i++) names[i] = all[i].name;
  return names;
}

/**
 * Where a path starts: the directory with the longest name that the path begins with, as the standard libraries of C
 * and Rust find it. `/a`, `./a` and `a` are the same.
 * @returns null: no directory of this process leads there
 */
export function placeOf(path: string): Place | null {
  const all = preopens();
  const way = withoutRoot(path);
  let best: Preopen | null = null;
  for (let i = 0; i < all.length; i++) {
    const one = all[i];
    if (best !== null && one.prefix.length < best.prefix.length) continue;
    if (leadsTo(one.prefix, way)) best = one;
  }
  if (best === null) return null;
  let from = best.prefix.length;
  while (from < way.length && way.charCodeAt(from) == SLASH) from++;
  // What is left of "" stays nothing, at which the host finds nothing; of the directory itself it is ".".
  const rest = from < way.length || path.length == 0 ? way.substring(from) : ".";
  return new Place(best.fd, encodeUtf8(rest));
}

/** The error of a path for which `placeOf` knows no place. */
export function notGiven(what: string, path: string): FileError {
  return FileError.__notGiven(what, path, givenDirectories());
}

function leadsTo(prefix: string, way: string): bool {
  if (!way.startsWith(prefix)) return false;
  return prefix.length == 0 || way.length == prefix.length || way.charCodeAt(prefix.length) == SLASH;
}

/** Without the `/` and `./` that a path may begin with. */
function withoutRoot(path: string): string {
  let from = 0;
  const length = path.length;
  while (from < length) {
    if (path.charCodeAt(from) == SLASH) from++;
    else if (path.charCodeAt(from) != DOT) break;
    else if (from + 1 == length) from++;
    else if (path.charCodeAt(from + 1) == SLASH) from += 2;
    else break;
  }
  return path.substring(from);
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path.charCodeAt(end - 1) == SLASH) end--;
  return path.substring(0, end);
}
