import type { FileTree } from "./fileTree.ts";

/** A file by its absolute path, with its whole content; a path that ends in a slash is a directory, without content. */
export interface WholeFile {
  readonly path: string;
  readonly content: Uint8Array;
  /** When a file was last modified, milliseconds since 1970. To fill: default now, and none for a directory. */
  readonly modifiedMs?: number;
}

/** Writes files and makes directories, and those above them. @throws StorageError */
export function fillTree(tree: FileTree, files: Iterable<WholeFile>): void {
  for (const { path, content, modifiedMs } of files) {
    if (path.endsWith("/")) {
      tree.mkdirs(path);
      continue;
    }
    tree.writeFile(path, content);
    if (modifiedMs === undefined) continue;
    const inode = tree.find(path, "follow");
    if (inode !== undefined) tree.setTimes(inode, undefined, toNs(modifiedMs));
  }
}

/**
 * Copies of all files and directories but the root. Symlinks are left out: what they lead to is there by its own name,
 * if it is anywhere. So are files that are larger than the whole filesystem, which are all hole.
 */
export function readTree(tree: FileTree): WholeFile[] {
  const files: WholeFile[] = [];
  const pending = ["/"];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const { name, kind, sizeBytes, modifiedNs } of tree.list(at)) {
      const path = `${at}${name}`;
      if (kind === "directory") {
        files.push({ path: `${path}/`, content: new Uint8Array() });
        pending.push(`${path}/`);
      } else if (kind === "file" && sizeBytes <= tree.usage.capacityBytes) {
        files.push({ path, content: tree.readFile(path), modifiedMs: toMs(modifiedNs) });
      }
    }
  }
  return files;
}

const NS_PER_MS = 1_000_000;

// Nanoseconds since 1970 have more digits than a number: whole milliseconds go by themselves, so that they stay whole.
function toNs(ms: number): bigint {
  const whole = Math.floor(ms);
  return BigInt(whole) * BigInt(NS_PER_MS) + BigInt(Math.round((ms - whole) * NS_PER_MS));
}

function toMs(ns: bigint): number {
  return Number(ns / BigInt(NS_PER_MS)) + Number(ns % BigInt(NS_PER_MS)) / NS_PER_MS;
}
