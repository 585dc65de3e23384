import { expect, test } from "vitest";
import { parameterTypes } from "../abi/signatures/signature.ts";
import { wasiPreview1Signatures } from "../abi/signatures/wasiPreview1.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { ProcExit } from "./procExit.ts";
import { Guest } from "./testing/guest.ts";

/** mulberry32: small, seeded, good enough to pick arguments. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CALLS = 4000;

test("all 46 functions of the ABI's table are there, each with as many parameters", () => {
  const { wasi } = new Guest();
  expect(Object.keys(wasi).sort()).toEqual(Object.keys(wasiPreview1Signatures).sort());
  expect(Object.keys(wasi)).toHaveLength(46);
});

/**
 * Random calls with arguments that are likely to hurt: small descriptors, edges of memory, extremes of integers,
 * paths that exist. Whatever comes, a call answers with an errno, traps, exits or parks, and stays in its region.
 */
test.each([1, 2, 3, 4, 5])("4,000 random calls do no harm (seed %i)", (seed) => {
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const guest = new Guest({
    files: { "/d/f": "content" },
    args: ["a", "b"],
    env: [["k", "v"]],
    capacityBytes: 2 ** 22,
    maxInodes: 200,
  });
  const end = guest.region.sizeBytes;
  const paths = ["d", "d/f", "x", ".", "..", "d/../x", "l"].map((path) => guest.text(path));
  const numbers = [
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    8,
    16,
    48,
    64,
    4096,
    end - 64,
    end - 1,
    end,
    -1,
    -8,
    0x7fff_ffff,
    -0x8000_0000,
  ];
  const bigints = [0n, 1n, -1n, 5n, 4096n, 2n ** 43n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n), 0x3fff_ffffn];

  for (let i = 0; i < CALLS; i++) {
    const name = pick(Object.keys(wasiPreview1Signatures)) as keyof typeof wasiPreview1Signatures;
    const types = parameterTypes(wasiPreview1Signatures[name]);
    const values: (number | bigint)[] = types.map((type) =>
      type === "i64" ? pick(bigints) : random() < 0.3 ? Math.floor(random() * end) & ~7 : pick(numbers),
    );
    // Let some paths be paths.
    wasiPreview1Signatures[name].params.forEach((parameter, at) => {
      if (!parameter.includes("path: ") || random() < 0.2) return;
      [values[at], values[at + 1]] = pick(paths);
    });
    const call = guest.wasi[name] as (...args: (number | bigint)[]) => unknown;
    const label = `${name}(${values.join(", ")})`;
    try {
      // The result is an errno or PARKED: `Guest.wasi` throws for any other.
      call(...values);
    } catch (error) {
      if (!(error instanceof GuestTrap || error instanceof ProcExit))
        throw new Error(`${label} failed`, { cause: error });
    }
  }
  expect(guest.region.isIntact).toBe(true);
  expect(guest.tree.usage.usedBytes).toBeLessThanOrEqual(2 ** 22);
});
