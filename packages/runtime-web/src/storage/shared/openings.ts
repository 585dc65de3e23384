import type { Holder } from "../inode.ts";
import type { Cells } from "./cells.ts";
import { HEADER, INODE, OPENING } from "./layout.ts";
import type { TreeMemory } from "./treeMemory.ts";

/**
 * Who holds what open: a record for each, in the list of its inode and in that of the thread that opened it, so that a
 * thread that is lost gives back what it had.
 */
export class Openings {
  readonly #memory: TreeMemory;
  readonly #cells: Cells;

  constructor(memory: TreeMemory, cells: Cells) {
    this.#memory = memory;
    this.#cells = cells;
  }

  /** @returns the opening. @throws StoreFull */
  add(inode: number, holder: Holder): number {
    const memory = this.#memory;
    const opening = this.#cells.take(OPENING.words);
    const owner = HEADER.openings + memory.owner;
    const first = memory.words[inode + INODE.openings]!;
    const firstOfOwner = memory.words[owner]!;
    memory.set(opening + OPENING.words - 1, 0);
    memory.set(opening + OPENING.inode, inode);
    memory.set(opening + OPENING.owner, memory.owner);
    memory.set(opening + OPENING.environment, holder.environment);
    memory.set(opening + OPENING.pid, holder.pid);
    memory.set(opening + OPENING.next, first);
    memory.set(opening + OPENING.previous, 0);
    memory.set(opening + OPENING.nextOfOwner, firstOfOwner);
    memory.set(opening + OPENING.previousOfOwner, 0);
    if (first !== 0) memory.set(first + OPENING.previous, opening);
    if (firstOfOwner !== 0) memory.set(firstOfOwner + OPENING.previousOfOwner, opening);
    memory.set(inode + INODE.openings, opening);
    memory.set(owner, opening);
    memory.add(inode + INODE.openCount, 1);
    return opening;
  }

  /** @returns the inode it was an opening of */
  remove(opening: number): number {
    const memory = this.#memory;
    const { words } = memory;
    const inode = words[opening + OPENING.inode]!;
    const owner = HEADER.openings + words[opening + OPENING.owner]!;
    this.#unlink(opening, inode + INODE.openings, OPENING.next, OPENING.previous);
    this.#unlink(opening, owner, OPENING.nextOfOwner, OPENING.previousOfOwner);
    memory.add(inode + INODE.openCount, -1);
    this.#cells.give(opening, OPENING.words);
    return inode;
  }

  /** An opening of a thread, or 0. */
  firstOf(owner: number): number {
    return this.#memory.words[HEADER.openings + owner]!;
  }

  /** Who holds an inode open, the last first. */
  *holdersOf(inode: number): Iterable<Holder> {
    const { words } = this.#memory;
    for (let at = words[inode + INODE.openings]!; at !== 0; at = words[at + OPENING.next]!)
      yield { environment: words[at + OPENING.environment]!, pid: words[at + OPENING.pid]! };
  }

  #unlink(opening: number, head: number, nextWord: number, previousWord: number): void {
    const memory = this.#memory;
    const next = memory.words[opening + nextWord]!;
    const previous = memory.words[opening + previousWord]!;
    memory.set(previous === 0 ? head : previous + nextWord, next);
    if (next !== 0) memory.set(next + previousWord, previous);
  }
}
