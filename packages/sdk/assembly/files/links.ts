import * as wasi from "../host/wasiPreview1";
import { Result } from "../result";
import { decodeUtf8, encodeUtf8 } from "../text/utf8";
import { FileError } from "./fileError";
import { notGiven, placeOf } from "./preopens";
import { OUT } from "./transfer";

/** The longest path there is, in bytes. */
const MAX_PATH: u32 = 4096;

/**
 * Makes a symbolic link: a name for another path.
 * @param target that path, from the directory of the link on; it need not be there, and may not begin with `/`
 * @param path   of the link
 */
export function symbolicLink(target: string, path: string): FileError | null {
  const what = `link "${path}" to "${target}"`;
  const place = placeOf(path);
  if (place === null) return notGiven(what, path);
  const text = encodeUtf8(target);
  const code = wasi.path_symlink(changetype<usize>(text), text.byteLength, place.directory, place.start, place.length);
  return code == 0 ? null : FileError.__of(what, path, code);
}

/** The path that a symbolic link has for its own. */
export function readLink(path: string): Result<string, FileError> {
  const what = `read the link "${path}"`;
  const place = placeOf(path);
  if (place === null) return Result.err<string, FileError>(notGiven(what, path));
  const bytes = heap.alloc(MAX_PATH);
  const code = wasi.path_readlink(place.directory, place.start, place.length, bytes, MAX_PATH, OUT);
  const target = code == 0 ? decodeUtf8(bytes, load<u32>(OUT)) : "";
  heap.free(bytes);
  if (code != 0) return Result.err<string, FileError>(FileError.__of(what, path, code));
  return Result.ok<string, FileError>(target);
}

/**
 * Gives a file a second name. It is gone when the last one is removed.
 * @param existing the path that it has
 * @param path     one more
 */
export function hardLink(existing: string, path: string): FileError | null {
  const what = `link "${path}" to "${existing}"`;
  const source = placeOf(existing);
  if (source === null) return notGiven(what, existing);
  const target = placeOf(path);
  if (target === null) return notGiven(what, path);
  const code = wasi.path_link(
    source.directory,
    0,
    source.start,
    source.length,
    target.directory,
    target.start,
    target.length,
  );
  return code == 0 ? null : FileError.__of(what, existing, code);
}
