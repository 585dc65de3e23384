import type { DirectoryInode } from "../../storage/inode.ts";
import type { InodeTree } from "../../storage/inodeTree.ts";
import { FILETYPE } from "../constants.ts";
import { ERRNO, type Errno } from "../errno.ts";
import { DIRECTORY_RIGHTS } from "../rights.ts";
import { Descriptor, type Status } from "./descriptor.ts";
import { statusOf } from "./status.ts";

/** A directory, preopened or opened by path: where relative paths start, and as far up as they get. */
export class DirectoryDescriptor extends Descriptor {
  override readonly filetype = FILETYPE.directory;
  override readonly applicableRights = DIRECTORY_RIGHTS;
  readonly directory: DirectoryInode;
  /** UTF-8 of the name the guest knows a preopened directory by. */
  readonly preopenName: Uint8Array | undefined;
  /**
   * Entries with this cookie or a higher one were added after the reading began and are left for the next. Without
   * it, a guest that renames each entry it reads would be given the new names, and never reach the end.
   */
  endCookie = Number.POSITIVE_INFINITY;
  readonly #tree: InodeTree;
  readonly #opening: number;

  /** @param opening what `InodeTree.open` gave; closed with this */
  constructor(tree: InodeTree, directory: DirectoryInode, opening: number, preopenName?: Uint8Array) {
    super();
    this.#tree = tree;
    this.#opening = opening;
    this.directory = directory;
    this.preopenName = preopenName;
  }

  override status(): Status {
    return this.#tree.exclusively(() => statusOf(this.directory));
  }

  override setTimes(accessedNs: bigint | "now" | undefined, modifiedNs: bigint | "now" | undefined): Errno {
    this.#tree.setTimes(this.directory, accessedNs, modifiedNs);
    return ERRNO.success;
  }

  override get canSync(): boolean {
    return true;
  }

  override close(): void {
    this.#tree.close(this.directory, this.#opening);
  }
}
