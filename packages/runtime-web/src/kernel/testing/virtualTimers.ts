import type { Timers } from "../kernel.ts";

/** A clock that moves only when told to. */
export class VirtualTimers implements Timers {
  #nowMs = 0;
  #nextHandle = 1;
  readonly #pending = new Map<number, { deadlineMs: number; fire: () => void }>();

  get pending(): number {
    return this.#pending.size;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  schedule(deadlineMs: number, fire: () => void): number {
    const handle = this.#nextHandle++;
    this.#pending.set(handle, { deadlineMs, fire });
    return handle;
  }

  cancel(handle: number): void {
    this.#pending.delete(handle);
  }

  /** Fires what is due on the way, in order of deadline. */
  advance(ms: number): void {
    const end = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#pending].filter(([, timer]) => timer.deadlineMs <= end);
      due.sort(([a, first], [b, second]) => first.deadlineMs - second.deadlineMs || a - b);
      const next = due[0];
      if (next === undefined) break;
      this.#pending.delete(next[0]);
      this.#nowMs = Math.max(this.#nowMs, next[1].deadlineMs);
      next[1].fire();
    }
    this.#nowMs = end;
  }
}
