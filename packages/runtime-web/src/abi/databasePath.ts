/** Databases of one connection alone, which have no file: in memory, or temporary. */
export function isPrivateDatabase(path: string): boolean {
  return path === "" || path === ":memory:";
}

/** The absolute path of a path that may be relative to the root, without `.`, `..` and empty parts. */
export function absolutePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** @param path absolute */
export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** Whether one of some directories is this one, or above it. All absolute. */
export function liesInside(directory: string, directories: readonly string[]): boolean {
  return directories.some(
    (outer) => outer === "/" || directory === outer || directory.startsWith(`${outer}/`),
  );
}
