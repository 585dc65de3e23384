import { lstat, realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";

/**
 * Whether a path, with every link on it followed, lies in a directory. One that does not exist yet lies where its nearest
 * parent does; a link to nothing lies nowhere.
 * @param path absolute
 * @param realRoot the directory, as `realpath` gives it
 */
export async function liesWithin(path: string, realRoot: string): Promise<boolean> {
  let at = path;
  while (!(await exists(at))) {
    const parent = dirname(at);
    if (parent === at) return false;
    at = parent;
  }
  const real = await realpath(at).catch(() => undefined);
  if (real === undefined) return false;
  return real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : `${realRoot}${sep}`);
}

/** The entry itself: a link to nothing is one. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
