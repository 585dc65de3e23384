import type { Timers } from "../kernel/kernel.ts";
import type { Platform } from "./platform.ts";

/** What a heap goes by. */
export type TimeSource = Pick<Platform, "nowMs" | "setTimer">;

interface Entry {
  readonly deadlineMs: number;
  /** Order of creation: decides between equal deadlines, so that a run can be repeated. */
  readonly handle: number;
  fire: (() => void) | undefined;
}

/** setTimeout takes a signed 32-bit number of milliseconds; a longer wait is taken in pieces. */
const LONGEST_TIMER_MS = 0x7fffffff;

/**
 * All timeouts and timers of an environment on one executor, on one timer of the platform: a binary heap by deadline. A cancelled entry
 * stays in the heap, emptied, until its turn; when more than half are empty the heap is rebuilt.
 */
export class TimerHeap implements Timers {
  readonly #platform: TimeSource;
  readonly #heap: Entry[] = [];
  readonly #live = new Map<number, Entry>();
  #nextHandle = 1;
  #armedForMs = Number.POSITIVE_INFINITY;
  #disarm: (() => void) | undefined;
  #isStopped = false;
  readonly #onDue: () => void;

  /** @param onDue called by the platform's timer: something has become due, and `fireDue` is to follow */
  constructor(platform: TimeSource, onDue: () => void) {
    this.#platform = platform;
    this.#onDue = onDue;
  }

  get pending(): number {
    return this.#live.size;
  }

  /** undefined: none is pending. */
  get nextDeadlineMs(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.deadlineMs;
  }

  nowMs(): number {
    return this.#platform.nowMs();
  }

  schedule(deadlineMs: number, fire: () => void): number {
    const entry: Entry = { deadlineMs, handle: this.#nextHandle++, fire };
    this.#live.set(entry.handle, entry);
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    if (deadlineMs < this.#armedForMs) this.#arm();
    return entry.handle;
  }

  cancel(handle: number): void {
    const entry = this.#live.get(handle);
    if (entry === undefined) return;
    entry.fire = undefined;
    this.#live.delete(handle);
    if (this.#heap.length > 64 && this.#live.size * 2 < this.#heap.length) this.#rebuild();
  }

  /** Whether `fireDue` would fire something. Cheap when it would not. */
  get isDue(): boolean {
    const next = this.#heap[0];
    if (next === undefined || next.deadlineMs > this.#platform.nowMs()) return false;
    return this.nextDeadlineMs! <= this.#platform.nowMs();
  }

  /** Fires everything that is due, in order of deadline. Cheap when nothing is. */
  fireDue(): void {
    const now = this.#platform.nowMs();
    for (let first = this.#heap[0]; first !== undefined && first.deadlineMs <= now; first = this.#heap[0]) {
      this.#removeFirst();
      const fire = first.fire;
      if (fire === undefined) continue;
      this.#live.delete(first.handle);
      fire();
    }
    this.#arm();
  }

  /** From now on only `fireDue` fires timers: its clock stands still, or is virtual. */
  stop(): void {
    this.#isStopped = true;
    this.#setAlarm(Number.POSITIVE_INFINITY);
  }

  start(): void {
    this.#isStopped = false;
    this.#arm();
  }

  close(): void {
    this.stop();
    this.#heap.length = 0;
    this.#live.clear();
  }

  #dropCancelled(): void {
    while (this.#heap[0] !== undefined && this.#heap[0].fire === undefined) this.#removeFirst();
  }

  #arm(): void {
    if (this.#isStopped) return;
    const next = this.nextDeadlineMs ?? Number.POSITIVE_INFINITY;
    if (next !== this.#armedForMs || this.#disarm === undefined) this.#setAlarm(next);
  }

  #setAlarm(next: number): void {
    this.#disarm?.();
    this.#disarm = undefined;
    this.#armedForMs = next;
    if (next === Number.POSITIVE_INFINITY) return;
    const delay = Math.min(Math.max(0, Math.ceil(next - this.#platform.nowMs())), LONGEST_TIMER_MS);
    this.#disarm = this.#platform.setTimer(() => {
      this.#disarm = undefined;
      this.#armedForMs = Number.POSITIVE_INFINITY;
      this.#onDue();
    }, delay);
  }

  #isBefore(a: Entry, b: Entry): boolean {
    return a.deadlineMs < b.deadlineMs || (a.deadlineMs === b.deadlineMs && a.handle < b.handle);
  }

  #siftUp(start: number): void {
    const heap = this.#heap;
    let index = start;
    const entry = heap[index]!;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #siftDown(start: number): void {
    const heap = this.#heap;
    let index = start;
    const entry = heap[index]!;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isBefore(heap[child]!, entry)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = entry;
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown(0);
  }

  #rebuild(): void {
    const live = this.#heap.filter((entry) => entry.fire !== undefined);
    this.#heap.length = 0;
    for (const entry of live) this.#heap.push(entry);
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index--) this.#siftDown(index);
  }
}
