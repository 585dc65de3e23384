/** A pace that the slider stops at. */
export interface Speed {
  /** Short: "1/100". */
  readonly name: string;
  /** Slices a second; undefined: as fast as it can. */
  readonly slicesPerSecond: number | undefined;
}

/**
 * A whole slice is two million instructions, which a program at full speed takes a millisecond for: so many slices a second
 * are that part of full speed.
 */
const SLICES_AT_FULL_SPEED = 1_000;

/** From the slowest on, in steps that look even: on a logarithmic scale. */
export const SPEEDS: readonly Speed[] = [
  ...[1_000, 500, 200, 100, 50, 20, 10, 5, 2].map((part) => ({
    name: `1/${part}`,
    slicesPerSecond: SLICES_AT_FULL_SPEED / part,
  })),
  { name: "full", slicesPerSecond: undefined },
];

/** Index of full speed. */
export const FULL_SPEED = SPEEDS.length - 1;

/** Written below the slider. */
export const NAMED_STOPS: readonly number[] = SPEEDS.flatMap(({ name }, index) =>
  ["1/1000", "1/100", "1/10", "full"].includes(name) ? [index] : [],
);

/** What a screen reader says of a stop: "1/100 of full speed, 10 slices a second". */
export function describeSpeed({ name, slicesPerSecond }: Speed): string {
  if (slicesPerSecond === undefined) return "full speed";
  const unit = slicesPerSecond === 1 ? "slice" : "slices";
  return `${name} of full speed, ${slicesPerSecond} ${unit} a second`;
}
