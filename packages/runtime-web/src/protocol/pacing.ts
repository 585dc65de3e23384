import type { Pace } from "../inspect/pace.ts";

/** A run that is the same every time. */
export interface DeterministicRun {
  /** What the random numbers of its processes follow from, with their pids. */
  readonly seed: number;
  /** Instructions of a slice; undefined: as many as in other runs. */
  readonly sliceFuel: number | undefined;
  /** Milliseconds since 1970 at which it starts. */
  readonly epochMs: number;
}

/** What the hub orders about an environment on one executor. */
export type PaceCommand =
  | { readonly type: "set"; readonly pace: Pace }
  /** Of an environment that is not running: one slice of one process. */
  | { readonly type: "step" }
  /** Of an environment that is not running: its clock jumps forward, and timers that are due then fire. */
  | { readonly type: "advance"; readonly toMs: number };

/** Envelopes of one environment, per executor at the other end. */
export interface EnvelopeCounts {
  readonly posted: readonly number[];
  readonly received: readonly number[];
}

/** What an executor has to say after a command. */
export interface PaceReport {
  readonly executor: number;
  readonly envelopes: EnvelopeCounts;
  /** "step" only: the process that ran; undefined if none could. */
  readonly ran: number | undefined;
  /** "step" only: a message was sent or taken. */
  readonly sawMessage: boolean;
  /** Of the environment's clock here. */
  readonly nowMs: number;
  /** When the next timer is due, on that clock; undefined: none is pending here. */
  readonly nextTimerMs: number | undefined;
  /** Its time is virtual. */
  readonly isDeterministic: boolean;
  /** Its root has ended, and everything else will in a moment. */
  readonly hasEnded: boolean;
}

/** What a step came to, on the page as in the hub. */
export interface StepReport {
  /**
   * "stepped": as far as was asked. "idle": every process waits, and not for a timer. "interrupted": by `pause`, `resume`,
   * `setSpeed` or another step. "ended": the environment has.
   */
  readonly outcome: "stepped" | "idle" | "interrupted" | "ended";
  /** Slices that were run. */
  readonly slices: number;
  /** The process that ran last; undefined if none did. */
  readonly pid: number | undefined;
  /** A message was sent or taken. */
  readonly sawMessage: boolean;
}

/** How far a step goes. */
export type StepGoal = "message" | { readonly slices: number };
