import type { FileChange } from "../protocol/files.ts";
import { StorageError } from "../storage/fault.ts";
import type { SharedTree } from "../storage/shared/sharedTree.ts";

/** What a path had when it was looked at: enough to see that it is another or was changed. */
type Seen = Map<string, string>;

/**
 * What changes at and below a path, found by looking again when anything in the tree has changed. Many changes of one file
 * between two looks are one, and a file that came and went is none.
 */
export class FileWatch {
  readonly #tree: SharedTree;
  readonly #path: string;
  #seen: Seen;

  constructor(tree: SharedTree, path: string) {
    this.#tree = tree;
    this.#path = path === "/" ? "/" : path.replace(/\/+$/, "");
    this.#seen = this.#look();
  }

  /** What changed since it was last asked. */
  changes(): FileChange[] {
    const before = this.#seen;
    const now = this.#look();
    this.#seen = now;
    const changes: FileChange[] = [];
    for (const path of before.keys()) if (!now.has(path)) changes.push({ path, type: "removed" });
    for (const [path, state] of now) {
      const earlier = before.get(path);
      if (earlier === undefined) changes.push({ path, type: "created" });
      else if (earlier !== state) changes.push({ path, type: "changed" });
    }
    return changes;
  }

  #look(): Seen {
    const seen: Seen = new Map();
    const inode = this.#find();
    if (inode === undefined) return seen;
    const pending = [this.#path];
    if (inode !== "directory") {
      seen.set(this.#path, inode);
      return seen;
    }
    for (let directory = pending.pop(); directory !== undefined; directory = pending.pop())
      this.#lookInto(directory, seen, pending);
    return seen;
  }

  /** What is there: "directory", or the state of something else. */
  #find(): string | undefined {
    return this.#tree.exclusively(() => {
      const inode = this.#tree.find(this.#path, "keep");
      if (inode === undefined || inode.kind === "directory") return inode?.kind;
      return `${inode.number} ${inode.modifiedNs} ${inode.kind === "file" ? inode.sizeBytes : 0}`;
    });
  }

  #lookInto(directory: string, seen: Seen, pending: string[]): void {
    const slash = directory.endsWith("/") ? "" : "/";
    try {
      this.#tree.exclusively(() => {
        for (const { name, inode } of this.#tree.directory(directory).entriesFrom(0)) {
          const path = `${directory}${slash}${name}`;
          // That a directory has other entries is told by these.
          const state = inode.kind === "directory" ? 0n : inode.modifiedNs;
          seen.set(path, `${inode.number} ${state} ${inode.kind === "file" ? inode.sizeBytes : 0}`);
          if (inode.kind === "directory") pending.push(path);
        }
      });
    } catch (error) {
      // It went while its parent was looked at.
      if (!(error instanceof StorageError)) throw error;
    }
  }
}
