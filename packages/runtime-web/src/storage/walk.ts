import type { Fault } from "./fault.ts";
import type { DirectoryInode, Inode } from "./inode.ts";

/** POSIX NAME_MAX and PATH_MAX as Linux has them, in UTF-8 bytes. */
export const MAX_NAME_BYTES = 255;
export const MAX_PATH_BYTES = 4096;

/** Linux' limit of symlinks on one path (path_resolution(7)). */
const MAX_SYMLINKS = 40;

/** Where a path leads. */
export type Place = FreePlace | TakenPlace | DirectoryPlace;

/** A name that is missing in a directory that is there. */
export interface FreePlace {
  readonly parent: DirectoryInode;
  readonly name: string;
  readonly inode: undefined;
  /** The path ended in a slash: whatever is there must be a directory. */
  readonly hasTrailingSlash: boolean;
}

/** A name in a directory, with what has it. */
export interface TakenPlace {
  readonly parent: DirectoryInode;
  readonly name: string;
  readonly inode: Inode;
  readonly hasTrailingSlash: boolean;
}

/** The path ended in `.` or `..`: a directory that exists, without the name it has in its parent. */
export interface DirectoryPlace {
  readonly parent: undefined;
  readonly name: "." | "..";
  readonly inode: DirectoryInode;
  readonly hasTrailingSlash: boolean;
}

/**
 * What becomes of a symlink as the last name of a path; those before it are always followed. "followBeforeSlash"
 * is what Linux does for looking: `link/` means what the link leads to. "keep" is for making, removing and moving
 * names, where `link/` is refused.
 */
export type LastSymlink = "follow" | "followBeforeSlash" | "keep";

const encoder = new TextEncoder();

/**
 * Resolves a relative path so that no step leaves `start`: `..` goes back along the directories the walk came
 * through and not above the first, and an absolute symlink is refused wherever it is. The chain of directories is
 * kept for that, not the inodes' own parents, which another process' rename may move outside.
 * @returns a place whose name may be free if only the last name is missing, or the fault
 */
export function walk(start: DirectoryInode, path: string, lastSymlink: LastSymlink): Place | Fault {
  if (path === "") return "notFound";
  if (path.includes("\0")) return "invalid";
  if (path.startsWith("/")) return "escapes";
  if (exceedsBytes(path, MAX_PATH_BYTES)) return "nameTooLong";

  const pending: string[] = [];
  pushNames(pending, path);
  let hasTrailingSlash = path.endsWith("/");
  const followsLast = lastSymlink === "follow" || (lastSymlink === "followBeforeSlash" && hasTrailingSlash);
  const chain: DirectoryInode[] = [];
  let directory = start;
  let symlinks = 0;

  for (;;) {
    const name = pending.pop();
    if (name === undefined) return "notFound";
    const isLast = pending.length === 0;
    if (name === "." || name === "..") {
      if (name === "..") {
        const above = chain.pop();
        if (above === undefined) return "escapes";
        directory = above;
      }
      if (isLast) return { parent: undefined, name, inode: directory, hasTrailingSlash };
      continue;
    }
    if (exceedsBytes(name, MAX_NAME_BYTES)) return "nameTooLong";
    const inode = directory.get(name);
    if (inode?.kind === "symlink" && (followsLast || !isLast)) {
      if (++symlinks > MAX_SYMLINKS) return "symlinkLoop";
      if (inode.target.startsWith("/")) return "escapes";
      if (isLast && inode.target.endsWith("/")) hasTrailingSlash = true;
      pushNames(pending, inode.target);
      continue;
    }
    if (inode === undefined)
      return isLast ? { parent: directory, name, inode, hasTrailingSlash } : "notFound";
    if (isLast) return { parent: directory, name, inode, hasTrailingSlash };
    if (inode.kind !== "directory") return "notDirectory";
    chain.push(directory);
    directory = inode;
  }
}

/** Pushes the names of a path, the first on top. */
function pushNames(pending: string[], path: string): void {
  const names = path.split("/");
  for (let i = names.length - 1; i >= 0; i--) {
    const name = names[i]!;
    if (name !== "") pending.push(name);
  }
}

/** Whether a text takes more bytes of UTF-8. */
export function exceedsBytes(text: string, maxBytes: number): boolean {
  // A UTF-16 unit takes one to three bytes, so most texts need no encoding to tell.
  if (text.length > maxBytes) return true;
  return text.length * 3 > maxBytes && encoder.encode(text).length > maxBytes;
}
