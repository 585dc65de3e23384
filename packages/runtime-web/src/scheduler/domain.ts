import type { Clock } from "./clock.ts";
import { EventClock } from "./eventClock.ts";
import type { Platform } from "./platform.ts";
import { isTimerPatient } from "./policy.ts";
import { RunQueue } from "./runQueue.ts";
import { TimerHeap } from "./timerHeap.ts";
import type { WasmBody } from "./wasmBody.ts";
import type { WorkMeter } from "./workMeter.ts";

/** Why no process of a domain may run. Several may hold at once. */
export const Hold = {
  /** Somebody looks at it: its clock stands still, too, and it moves by `Scheduler.step` only. */
  Paused: 1,
  /** Something of the host is under way, and in a deterministic run it must end before anything else happens. */
  AwaitingHost: 2,
  /** Its root has ended, and the others will in a moment. */
  Ended: 4,
  /** In a deterministic run: the page has not taken what was written. Nobody's turn may depend on when it does. */
  AwaitingPage: 8,
} as const;
export type Hold = (typeof Hold)[keyof typeof Hold];

/** Counters are sampled after so much virtual time, as a live run's are in real time. */
const SAMPLE_MS = 33;

export interface DomainOptions {
  readonly platform: Platform;
  readonly clock: Clock;
  /** Of the executor, all domains together. */
  readonly work: WorkMeter;
  readonly sliceFuel: number;
  /** Those that its processes may be on; undefined: all. */
  readonly executors?: readonly number[] | undefined;
  /** Woken processes wait for their turn. */
  onTimer(): void;
  /** Virtual time has passed: the moment to sample counters so that a second run does it at the same one. */
  onSample?: (() => void) | undefined;
}

/**
 * The scheduling domain of an environment on one executor: whether its processes may run, and the time they live by.
 * Environments share executors; what is done to the pace of one, the others do not notice.
 */
export class Domain {
  readonly clock: Clock;
  /** What observers are told of the time. */
  readonly eventClock: EventClock;
  readonly work: WorkMeter;
  readonly timers: TimerHeap;
  /** Instructions of a slice. */
  readonly sliceFuel: number;
  /** Executors that its processes may be on; undefined: all. */
  readonly executors: readonly number[] | undefined;
  /** Processes that could run but for a hold, first in line first. */
  readonly held = new RunQueue<WasmBody>();
  /** Processes of it in the run queue. */
  queued = 0;
  /**
   * Stacks that may still be taken of processes that give their thread up, until whoever observes the domain allows more:
   * the stack of a suspended process cannot be read from outside, and to take all would cost a fast system too much.
   */
  stacksToTake = 0;
  readonly #onSample: (() => void) | undefined;
  /** Instructions its processes have executed here. */
  #spent = 0;
  /** When a timer was first found due that let work go first; undefined: none does. */
  #patience: { readonly spent: number; readonly sinceMs: number } | undefined;
  readonly #afterHost: (() => void)[] = [];
  #holds = 0;
  #nextSampleMs = SAMPLE_MS;

  constructor(options: DomainOptions) {
    const { platform, clock } = options;
    this.clock = clock;
    this.work = options.work;
    this.eventClock = new EventClock(clock, options.work);
    this.sliceFuel = options.sliceFuel;
    this.executors = options.executors;
    this.#onSample = options.onSample;
    this.timers = new TimerHeap(
      { nowMs: () => clock.nowMs(), setTimer: (task, delayMs) => platform.setTimer(task, delayMs) },
      () => {
        this.fireDue();
        options.onTimer();
      },
    );
    if (clock.isVirtual) this.timers.stop();
  }

  /** The same run every time: the moments at which things happen follow from the work done. */
  get isDeterministic(): boolean {
    return this.clock.isVirtual;
  }

  get isOpen(): boolean {
    return this.#holds === 0;
  }

  isHeld(why: Hold): boolean {
    return (this.#holds & why) !== 0;
  }

  hold(why: Hold): void {
    this.#holds |= why;
    if (why !== Hold.Paused || this.clock.isVirtual) return;
    this.clock.stop();
    this.timers.stop();
  }

  letGo(why: Hold): void {
    this.#holds &= ~why;
    if (!this.#awaitsOutside) for (const callback of this.#afterHost.splice(0)) callback();
    if (why !== Hold.Paused || this.clock.isVirtual) return;
    this.clock.start();
    this.timers.start();
  }

  /** Calls back when nothing of the host or the page is awaited, maybe at once. */
  whenHostIsDone(callback: () => void): void {
    if (this.#awaitsOutside) this.#afterHost.push(callback);
    else callback();
  }

  get #awaitsOutside(): boolean {
    return this.isHeld(Hold.AwaitingHost) || this.isHeld(Hold.AwaitingPage);
  }

  /**
   * Fires what real time has made due, once the work under way lets it (policy.ts); time that stands still, or is virtual,
   * makes nothing due by itself. Called at every turn.
   */
  fireDue(): void {
    if (this.clock.isVirtual || this.isHeld(Hold.Paused) || this.#letsWorkGoFirst()) return;
    this.#patience = undefined;
    this.timers.fireDue();
  }

  /** Fires timers that have let work go first, as soon as none is left. Cheap when there are none. */
  fireLate(): void {
    if (this.#patience !== undefined) this.fireDue();
  }

  #letsWorkGoFirst(): boolean {
    if (this.queued === 0 || !this.timers.isDue) return false;
    const nowMs = this.clock.nowMs();
    this.#patience ??= { spent: this.#spent, sinceMs: nowMs };
    return isTimerPatient(this.#spent - this.#patience.spent, nowMs - this.#patience.sinceMs);
  }

  /** Its processes have executed so many instructions. */
  spend(instructions: number): void {
    this.#spent += instructions;
    this.clock.spend(instructions);
  }

  /** Moves a stopped or virtual clock forward and fires what is due then. */
  advanceTo(ms: number): void {
    this.clock.advanceTo(ms);
    this.#timePassed();
  }

  /** One of its processes has run: in virtual time this is when timers become due. */
  hasRun(): void {
    this.work.end();
    if (this.clock.isVirtual) this.#timePassed();
  }

  close(): void {
    this.timers.close();
  }

  #timePassed(): void {
    this.timers.fireDue();
    if (!this.clock.isVirtual) return;
    const nowMs = this.clock.nowMs();
    if (nowMs < this.#nextSampleMs) return;
    this.#nextSampleMs = nowMs + SAMPLE_MS;
    this.#onSample?.();
  }
}
