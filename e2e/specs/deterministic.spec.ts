import { readFileSync } from "node:fs";
import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import { findGuest, guests } from "../src/guests.ts";
import { openSite } from "../src/openSite.ts";
import { buildPacePage, type Comparison, type ComparisonOptions, compareRuns } from "../src/pacePage.ts";

let site: string;
beforeAll(async () => {
  site = await buildPacePage();
});

/** Of a guest of fixtures/guests, or of one of the prebuilt programs. */
type Compare = (guest: string, options: Omit<ComparisonOptions, "args">) => Promise<Comparison>;

const test = base.extend("compare", async ({ page }, { onCleanup }): Promise<Compare> => {
  await openSite(page, site, true, onCleanup);
  return async (name, options) => {
    if (name.endsWith(".wat")) {
      const wasm = await assembleGuest(name.slice(0, -".wat".length));
      return compareRuns(page, wasm, { args: [], ...options });
    }
    const { path, args } = findGuest(name);
    return compareRuns(page, readFileSync(path), { args, ...options });
  };
});

const SEED = { seed: 7 };

describe("two deterministic runs give the same inspection records", () => {
  for (const { name, expected } of guests) {
    test(name, async ({ compare }) => {
      const runs = [SEED, SEED] as const;
      const stopAfter = expected.exit === "never" ? { stopAfter: 60 } : {};
      const { difference, events, dropped } = await compare(name, { runs, ...stopAfter });
      expect(difference).toBeUndefined();
      expect([events > 3, dropped]).toEqual([true, 0]);
    });
  }

  test("whatever the browser's clock says: also with pauses and steps in between", async ({ compare }) => {
    const runs = [SEED, SEED] as const;
    const { difference } = await compare("bank", { runs, pauseSecond: true });
    expect(difference).toBeUndefined();
  });

  test("also where the host compiles modules for several processes at once", async ({ compare }) => {
    const run = { ...SEED, sliceFuel: 5_000 };
    const { difference, stdout, spawned } = await compare("compileBesideWork.wat", { runs: [run, run] });
    expect(difference).toBeUndefined();
    expect([stdout, spawned]).toEqual([".\n".repeat(40), 7]);
  });

  test("also where it prints more than the page takes at once", async ({ compare }) => {
    const run = { ...SEED, sliceFuel: 50_000 };
    const { difference, stdout, spawned } = await compare("printMuch.wat", { runs: [run, run] });
    expect(difference).toBeUndefined();
    expect([stdout.length, spawned]).toEqual([3_000 * 1_000, 3]);
  });

  test("on a runtime with several executors too", async ({ compare }) => {
    const { difference } = await compare("cpu_fanout", { runs: [SEED, SEED], executors: 2 });
    expect(difference).toBeUndefined();
  });
});

describe("a deterministic run differs from one", () => {
  test("with another seed, where there are random numbers", async ({ compare }) => {
    const { difference } = await compare("timeAndChance.wat", { runs: [SEED, { seed: 8 }] });
    expect(difference).toContain("Output");
  });

  test("with other slices, where processes compute", async ({ compare }) => {
    const runs = [SEED, { ...SEED, sliceFuel: 50_000 }] as const;
    const { difference } = await compare("primes", { runs });
    expect(difference).toBeDefined();
  });
});

test("guests see the time of their run: a sleep takes what it takes, on the date that was given", async ({
  compare,
}) => {
  const run = { ...SEED, epochMs: Date.UTC(1969, 6, 20) + 365 * 86_400_000 };
  const { difference, stdout } = await compare("timeAndChance.wat", { runs: [run, run] });
  expect(difference).toBeUndefined();
  const bytes = Buffer.from(stdout.trim(), "hex");
  const [before, after, date] = [8, 16, 24].map((at) => bytes.readBigUInt64LE(at)) as [
    bigint,
    bigint,
    bigint,
  ];
  // The few instructions of the guest are worth less than a millisecond, and a timer is due at a whole one.
  expect(before).toBeLessThan(1_000_000n);
  expect(after).toBeGreaterThanOrEqual(before + 1_500_000_000n);
  expect(after).toBeLessThan(1_502_000_000n);
  expect(date - after).toBe(BigInt(run.epochMs) * 1_000_000n);
});

test("an endless loop beside a clock does not stop virtual time", async ({ compare }) => {
  const { difference, stdout } = await compare("clockBesideLoop.wat", { runs: [SEED, SEED], stopAfter: 100 });
  expect(difference).toBeUndefined();
  expect(stdout).toContain("tick 0003");
});
