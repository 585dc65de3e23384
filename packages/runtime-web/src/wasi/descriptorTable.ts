import type { Descriptor } from "./descriptors/descriptor.ts";

/** Most descriptors a process may have open. Far above what programs use; bounds what a runaway one costs the tab. */
export const MAX_DESCRIPTORS = 65_536;

/** The descriptors of one process by number. A new one gets the lowest free number, as POSIX programs expect. */
export class DescriptorTable {
  readonly #descriptors: (Descriptor | undefined)[] = [];
  /** No free number lies below. */
  #lowestFree = 0;

  get(fd: number): Descriptor | undefined {
    return this.#descriptors[fd >>> 0];
  }

  get isFull(): boolean {
    return this.#firstFree() >= MAX_DESCRIPTORS;
  }

  /** @returns the number. The caller has asked `isFull`. */
  add(descriptor: Descriptor): number {
    const fd = this.#firstFree();
    this.#descriptors[fd] = descriptor;
    this.#lowestFree = fd + 1;
    return fd;
  }

  /** @returns false there is no such descriptor */
  close(fd: number): boolean {
    const descriptor = this.get(fd);
    if (descriptor === undefined) return false;
    this.#free(fd >>> 0);
    descriptor.close();
    return true;
  }

  /** Gives the descriptor `from` the number `to`, closing what has it. @returns false one of them is not open */
  renumber(from: number, to: number): boolean {
    const descriptor = this.get(from);
    const replaced = this.get(to);
    if (descriptor === undefined || replaced === undefined) return false;
    if (descriptor === replaced) return true;
    this.#descriptors[to >>> 0] = descriptor;
    this.#free(from >>> 0);
    replaced.close();
    return true;
  }

  closeAll(): void {
    for (const descriptor of this.#descriptors) descriptor?.close();
    this.#descriptors.length = 0;
    this.#lowestFree = 0;
  }

  #firstFree(): number {
    while (this.#descriptors[this.#lowestFree] !== undefined) this.#lowestFree++;
    return this.#lowestFree;
  }

  #free(fd: number): void {
    this.#descriptors[fd] = undefined;
    this.#lowestFree = Math.min(this.#lowestFree, fd);
  }
}
