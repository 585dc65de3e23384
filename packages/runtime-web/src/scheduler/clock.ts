/** Instructions that are worth a millisecond of virtual time: about what a processor of today does in one. */
export const INSTRUCTIONS_PER_VIRTUAL_MS = 2_000_000;

/** The time of one environment, in milliseconds since it was opened. Timers, WASI clocks and inspection records go by it. */
export interface Clock {
  /** True if it moves only by `spend` and `advanceTo`, so that a run can be repeated. */
  readonly isVirtual: boolean;
  nowMs(): number;
  /** Its processes have executed so many instructions. */
  spend(instructions: number): void;
  /** A virtual or stopped clock jumps forward; never back. */
  advanceTo(ms: number): void;
  stop(): void;
  start(): void;
}

/** Real time, without the time during which it was stopped. */
export class LiveClock implements Clock {
  readonly isVirtual = false;
  readonly #sourceMs: () => number;
  /** Time of the source minus own time. */
  #behindMs = 0;
  #stoppedAtMs: number | undefined;

  /** @param sourceMs monotonic milliseconds since the environment was opened */
  constructor(sourceMs: () => number) {
    this.#sourceMs = sourceMs;
  }

  nowMs(): number {
    return this.#stoppedAtMs ?? this.#sourceMs() - this.#behindMs;
  }

  spend(): void {}

  advanceTo(ms: number): void {
    if (this.#stoppedAtMs !== undefined && ms > this.#stoppedAtMs) this.#stoppedAtMs = ms;
  }

  stop(): void {
    this.#stoppedAtMs ??= this.nowMs();
  }

  start(): void {
    if (this.#stoppedAtMs === undefined) return;
    this.#behindMs = this.#sourceMs() - this.#stoppedAtMs;
    this.#stoppedAtMs = undefined;
  }
}

/**
 * Time that follows from the work done. Were it to move only while every process waits, an endless loop, or two
 * processes that talk for ever, would keep a third one's timer from ever firing.
 */
export class VirtualClock implements Clock {
  readonly isVirtual = true;
  #baseMs = 0;
  /** Since #baseMs. Whole numbers add up exactly; fractions of milliseconds would not. */
  #instructions = 0;

  nowMs(): number {
    return this.#baseMs + this.#instructions / INSTRUCTIONS_PER_VIRTUAL_MS;
  }

  spend(instructions: number): void {
    this.#instructions += instructions;
  }

  advanceTo(ms: number): void {
    if (ms <= this.nowMs()) return;
    this.#baseMs = ms;
    this.#instructions = 0;
  }

  stop(): void {}

  start(): void {}
}
