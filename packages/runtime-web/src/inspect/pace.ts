/** How an environment goes on. */
export interface Pace {
  /** "slow": a slice of one process at a time, so many a second. */
  readonly state: "running" | "paused" | "slow";
  /** undefined unless it is slow. */
  readonly slicesPerSecond: number | undefined;
}

export const RUNNING: Pace = { state: "running", slicesPerSecond: undefined };
export const PAUSED: Pace = { state: "paused", slicesPerSecond: undefined };

/** Numbers of EventKind.Pace's value, part of the record format: append, never renumber. */
export const PaceCode = { running: 1, paused: 2, slow: 3 } as const satisfies Record<Pace["state"], number>;
export type PaceCode = (typeof PaceCode)[keyof typeof PaceCode];

/** @param slicesPerSecond of the event; 0 unless it is slow */
export function paceOf(code: number, slicesPerSecond: number): Pace {
  if (code === PaceCode.slow) return { state: "slow", slicesPerSecond };
  return code === PaceCode.paused ? PAUSED : RUNNING;
}
