import { CODE } from "./library.ts";

/** Levels of a lock, https://www.sqlite.org/lockingv3.html */
const LOCK = { none: 0, shared: 1, reserved: 2, pending: 3, exclusive: 4 } as const;

/** Who has opened a file, and which lock he holds. */
export interface LockHolder {
  readonly path: string;
  level: number;
}

/** The locks of files that only connections of this thread open: what sqlite's VFS for Unix does within one process. */
export class FileLocks {
  readonly #holders = new Map<string, Set<LockHolder>>();

  /** @returns a code of sqlite: ok, or busy */
  lock(holder: LockHolder, level: number): number {
    if (holder.level >= level) return CODE.ok;
    const others = this.#others(holder);
    const highest = Math.max(LOCK.none, ...others.map((other) => other.level));
    if (level === LOCK.shared) {
      if (highest >= LOCK.pending) return CODE.busy;
    } else if (highest >= LOCK.reserved) return CODE.busy;
    else if (level === LOCK.exclusive && others.length > 0) {
      // No new reader comes in from now on, so that the last one leaves some time.
      if (holder.level === LOCK.reserved) this.#set(holder, LOCK.pending);
      return CODE.busy;
    }
    this.#set(holder, level);
    return CODE.ok;
  }

  unlock(holder: LockHolder, level: number): void {
    if (holder.level > level) this.#set(holder, level);
  }

  isReserved({ path }: LockHolder): boolean {
    for (const { level } of this.#holders.get(path) ?? []) if (level >= LOCK.reserved) return true;
    return false;
  }

  #others(holder: LockHolder): LockHolder[] {
    return [...(this.#holders.get(holder.path) ?? [])].filter((other) => other !== holder);
  }

  #set(holder: LockHolder, level: number): void {
    holder.level = level;
    const holders = this.#holders.get(holder.path) ?? new Set();
    if (level === LOCK.none) holders.delete(holder);
    else holders.add(holder);
    if (holders.size === 0) this.#holders.delete(holder.path);
    else this.#holders.set(holder.path, holders);
  }
}
