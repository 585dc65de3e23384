import type { Fault } from "../storage/fault.ts";
import type { FileTree } from "../storage/fileTree.ts";
import type { FileNeed } from "../storage/inode.ts";

/** The filesystem that the processes of a run see on one executor. */
export interface RunFiles {
  readonly tree: FileTree;
  /** It outlives the tab: `ask` may be asked to sync. */
  readonly isPersistent: boolean;
  /**
   * Has something done that cannot be done at once, by whoever owns the volume.
   * @param done called later, with why it was not done
   * @returns what to call when nobody waits for it any more
   */
  ask(need: FileNeed, done: (fault: Fault | undefined) => void): () => void;
}

/** All of it is in memory. */
export class MemoryFiles implements RunFiles {
  readonly tree: FileTree;
  readonly isPersistent = false;

  constructor(tree: FileTree) {
    this.tree = tree;
  }

  ask(): never {
    throw new Error("All of this filesystem is in memory: nothing has to be fetched");
  }
}
