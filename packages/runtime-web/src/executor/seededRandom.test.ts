import { describe, expect, it } from "vitest";
import { createSeededRandom } from "./seededRandom.ts";

function bytes(seed: number, pid: number, count = 64): number[] {
  const into = new Uint8Array(count);
  createSeededRandom(seed, pid)(into);
  return [...into];
}

describe("createSeededRandom", () => {
  it("gives a process the same bytes for the same seed", () => {
    expect(bytes(7, 3)).toEqual(bytes(7, 3));
  });

  it.each([
    ["another seed", 8, 3],
    ["a seed that differs above 32 bits", 7 + 2 ** 32, 3],
    ["another process", 7, 4],
    ["seed and pid exchanged", 3, 7],
  ])("gives other bytes to %s", (_, seed, pid) => {
    expect(bytes(seed, pid)).not.toEqual(bytes(7, 3));
  });

  it("goes on where it was, and fills arrays of any length", () => {
    const random = createSeededRandom(1, 1);
    const [first, second] = [new Uint8Array(7), new Uint8Array(7)];
    random(first);
    random(second);
    expect([...second]).not.toEqual([...first]);
  });

  it("spreads over all byte values, from seed zero too", () => {
    const counts = new Array<number>(256).fill(0);
    for (const byte of bytes(0, 0, 65_536)) counts[byte]!++;
    // 256 on average; six standard deviations are 96.
    for (const count of counts) expect(Math.abs(count - 256)).toBeLessThan(96);
  });
});
