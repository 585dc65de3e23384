import { expect, it } from "vitest";
import { describeSpeed, FULL_SPEED, NAMED_STOPS, SPEEDS } from "./speeds.ts";

it("speeds go from a thousandth to full, each about twice the one before", () => {
  expect(SPEEDS[0]).toEqual({ name: "1/1000", slicesPerSecond: 1 });
  expect(SPEEDS[FULL_SPEED]!.slicesPerSecond).toBeUndefined();
  const rates = SPEEDS.slice(0, FULL_SPEED).map(({ slicesPerSecond }) => slicesPerSecond!);
  for (let index = 1; index < rates.length; index++) {
    expect(rates[index]! / rates[index - 1]!).toBeGreaterThanOrEqual(2);
    expect(rates[index]! / rates[index - 1]!).toBeLessThanOrEqual(2.5);
  }
  expect(NAMED_STOPS.map((index) => SPEEDS[index]!.name)).toEqual(["1/1000", "1/100", "1/10", "full"]);
});

it("a speed is told with what it means", () => {
  expect([0, 3, FULL_SPEED].map((index) => describeSpeed(SPEEDS[index]!))).toEqual([
    "1/1000 of full speed, 1 slice a second",
    "1/100 of full speed, 10 slices a second",
    "full speed",
  ]);
});
