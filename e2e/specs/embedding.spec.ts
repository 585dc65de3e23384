import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { buildEmbeddingPage, play, type Scenario } from "../src/embeddingPage.ts";
import { test as base } from "../src/fixtures.ts";
import { openSite } from "../src/openSite.ts";
import { type Json, PATIENCE_MS } from "../src/page.ts";

let site: string;
let wasm: Uint8Array;
beforeAll(async () => {
  site = await buildEmbeddingPage();
  wasm = await assembleGuest("pagePeer");
});

type Surroundings = { readonly executors: number; readonly isolated: boolean };

const SURROUNDINGS: readonly Surroundings[] = [
  { executors: 1, isolated: true },
  { executors: 2, isolated: true },
  { executors: 2, isolated: false },
];

/** Plays a scenario of src/embeddingScenarios.ts; see there what each does. */
const test = base.extend("run", async ({ page }, { onCleanup }) => {
  return async (scenario: Scenario, { executors, isolated }: Surroundings): Promise<Json> => {
    await openSite(page, site, isolated, onCleanup);
    const result = await play(page, scenario, wasm, executors);
    await expect
      .poll(() => page.workerCount(), { timeout: PATIENCE_MS, message: "close() leaves no worker" })
      .toBe(0);
    return result;
  };
});

describe("an embedding page", () => {
  test.for(SURROUNDINGS)("answers a guest that looks it up by name: %o", async (surroundings, { run }) => {
    expect(await run("guestAsksPage", surroundings)).toEqual({
      reason: "normal",
      output: "hello true",
      asker: true,
    });
  });

  test.for(SURROUNDINGS)("asks a guest, twenty questions at a time: %o", async (surroundings, { run }) => {
    expect(await run("pageAsksGuest", surroundings)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  test.for(SURROUNDINGS)(
    "hears of a failing guest by link and monitor: %o",
    async (surroundings, { run }) => {
      expect(await run("guestFails", surroundings)).toEqual({
        link: "linkDied 3 true",
        monitor: "processDied",
      });
    },
  );

  test.for(SURROUNDINGS)("fails, and its links are told or die: %o", async (surroundings, { run }) => {
    expect(await run("pageFails", surroundings)).toEqual({
      reason: "failure",
      cause: "Error: the page gave up",
      output: "link died",
    });
  });

  test.for(SURROUNDINGS)("has its processes killed like any other: %o", async (surroundings, { run }) => {
    expect(await run("killedPage", surroundings)).toEqual({
      found: true,
      cause: "killed",
      seen: ["ProcessEndedError", "ProcessEndedError"],
      again: false,
    });
  });

  test.for(SURROUNDINGS)("sends a module that a guest spawns from: %o", async (surroundings, { run }) => {
    expect(await run("moduleInMessage", surroundings)).toBe("data");
  });

  test.for(SURROUNDINGS)("exchanges thousands of messages in order: %o", async (surroundings, { run }) => {
    expect(await run("orderAtLoad", surroundings)).toBe("in order");
  });

  test.for(SURROUNDINGS)("is shown by inspection as what it is: %o", async (surroundings, { run }) => {
    expect(await run("inspected", surroundings)).toEqual({
      label: "front desk",
      module: 0,
      names: ["front desk"],
      isLinked: true,
      memoryBytes: 0,
    });
  });

  test.for(SURROUNDINGS)("waits for nothing that has ended: %o", async (surroundings, { run }) => {
    expect(await run("endings", surroundings)).toEqual({
      waiting: "ProcessEndedError",
      cause: "environmentEnded",
      attach: "ProcessEndedError",
      lateReceive: expect.stringContaining("has ended"),
      exited: "environmentEnded",
    });
  });

  test.for(SURROUNDINGS)("is ready before the root runs: %o", async (surroundings, { run }) => {
    expect(await run("prepared", surroundings)).toEqual({
      reason: "normal",
      output: "ready",
      rootPid: 2,
      failing: "not prepared",
    });
  });
});
