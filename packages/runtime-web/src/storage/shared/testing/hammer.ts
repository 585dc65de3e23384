import { seeded } from "../../../mailbox/testing/seeded.ts";
import { FileTree } from "../../fileTree.ts";
import type { DirectoryInode, FileInode, Inode } from "../../inode.ts";
import { SharedStore } from "../sharedStore.ts";

/** Names that all threads fight for. */
const NAMES = 12;

/** What one thread does to a tree that others do the like to, over and over; every outcome but a thrown error is fine. */
export class Hammer {
  readonly tree: FileTree;
  readonly #random: (below: number) => number;
  readonly #owner: number;
  readonly #held: { inode: Inode; opening: number }[] = [];

  constructor(buffer: SharedArrayBuffer, owner: number, seed: number) {
    this.tree = new FileTree(new SharedStore(buffer, owner), () => BigInt(owner));
    this.#random = seeded(seed);
    this.#owner = owner;
  }

  /** One random operation. */
  strike(): void {
    const { tree } = this;
    const from = this.#directory();
    const to = this.#directory();
    const name = `n${this.#random(NAMES)}`;
    switch (this.#random(9)) {
      case 0:
        tree.createFile(from, name);
        break;
      case 1:
        tree.createDirectory(from, name);
        break;
      case 2:
        tree.unlink(from, name);
        break;
      case 3:
        tree.removeDirectory(from, name);
        break;
      case 4:
        tree.rename(from, name, to, `n${this.#random(NAMES)}`);
        break;
      case 5:
        this.#write(from, name);
        break;
      case 6:
        tree.exclusively(() => {
          const inode = from.get(name);
          if (inode !== undefined) tree.link(inode, to, `n${this.#random(NAMES)}`);
        });
        break;
      case 7:
        this.#open(from, name);
        break;
      default:
        this.#close();
    }
  }

  closeAll(): void {
    while (this.#held.length > 0) this.#close();
  }

  #directory(): DirectoryInode {
    const { tree } = this;
    return tree.exclusively(() => {
      const inner = tree.root.get(`n${this.#random(NAMES)}`);
      return inner?.kind === "directory" ? inner : tree.root;
    });
  }

  #file(directory: DirectoryInode, name: string): FileInode | undefined {
    const inode = this.tree.exclusively(() => directory.get(name));
    return inode?.kind === "file" ? inode : undefined;
  }

  /** Whole pages of one owner's number: what is read must never be of two. */
  #write(directory: DirectoryInode, name: string): void {
    const { tree } = this;
    const file = this.#file(directory, name);
    if (file === undefined) return;
    const bytes = new Uint8Array(4096 * (1 + this.#random(10))).fill(this.#owner);
    tree.write(file, 4096 * this.#random(12), bytes, 0, bytes.length);
    if (this.#random(3) === 0) tree.resize(file, 4096 * this.#random(16));
    const read = new Uint8Array(4096);
    const count = tree.read(file, 4096 * this.#random(16), read, 0, read.length);
    if (new Set(read.subarray(0, count)).size > 1)
      throw new Error("A page was read that two threads had written");
  }

  #open(directory: DirectoryInode, name: string): void {
    const { tree } = this;
    tree.exclusively(() => {
      const inode = directory.get(name);
      if (inode === undefined || this.#held.length > 20) return;
      const opening = tree.open(inode, { environment: 1, pid: this.#owner });
      if (typeof opening === "number") this.#held.push({ inode, opening });
    });
  }

  #close(): void {
    const held = this.#held.splice(this.#random(this.#held.length), 1)[0];
    if (held !== undefined) this.tree.close(held.inode, held.opening);
  }
}
