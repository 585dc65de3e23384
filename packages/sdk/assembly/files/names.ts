import * as wasi from "../host/wasiPreview1";
import { list } from "./directory";
import { FileError } from "./fileError";
import { notGiven, placeOf } from "./preopens";
import { linkStat } from "./stat";

/**
 * Removes a file, a symbolic link (not what it leads to), or an empty directory.
 * @param recursive also a directory with all that is in it
 */
export function remove(path: string, recursive: bool = false): FileError | null {
  const what = `remove "${path}"`;
  const place = placeOf(path);
  if (place === null) return notGiven(what, path);
  const looked = linkStat(path);
  const missing = looked.error;
  if (missing !== null) return FileError.__of(what, path, missing.code);
  if (!looked.value.isDirectory)
    return outcome(what, path, wasi.path_unlink_file(place.directory, place.start, place.length));
  if (recursive) {
    const listed = list(path);
    if (!listed.ok) return listed.error;
    for (let i = 0; i < listed.value.length; i++) {
      const error = remove(listed.value[i].path, true);
      if (error !== null) return error;
    }
  }
  return outcome(what, path, wasi.path_remove_directory(place.directory, place.start, place.length));
}

/**
 * Gives a file or a directory another path. A file that has that path already is replaced, in one step: nobody sees
 * neither of them, or half of one. So a file is written beside the one that it replaces, synced, and renamed.
 */
export function rename(from: string, to: string): FileError | null {
  const what = `rename "${from}" to "${to}"`;
  const source = placeOf(from);
  if (source === null) return notGiven(what, from);
  const target = placeOf(to);
  if (target === null) return notGiven(what, to);
  const code = wasi.path_rename(
    source.directory,
    source.start,
    source.length,
    target.directory,
    target.start,
    target.length,
  );
  return outcome(what, from, code);
}

function outcome(what: string, path: string, code: u32): FileError | null {
  return code == 0 ? null : FileError.__of(what, path, code);
}
