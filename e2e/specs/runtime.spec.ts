import { readFileSync } from "node:fs";
import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import { findGuest } from "../src/guests.ts";
import { openSite } from "../src/openSite.ts";
import { buildRuntimePage, type GuestRun, type GuestRunOptions, runGuest } from "../src/runtimePage.ts";

let site: string;
beforeAll(async () => {
  site = await buildRuntimePage();
});

type Run = (guest: string, options?: GuestRunOptions) => Promise<GuestRun>;

/** `run` takes a guest of fixtures/guests, or one of the prebuilt programs. */
const test = base.extend("run", async ({ page }, { onCleanup }): Promise<Run> => {
  await openSite(page, site, true, onCleanup);
  return async (guest, options = {}) => {
    const wasm = guest.endsWith(".wat")
      ? await assembleGuest(guest.slice(0, -".wat".length))
      : readFileSync(findGuest(guest).path);
    return runGuest(page, wasm, options);
  };
});

const EXECUTORS = [{ executors: 1 }, { executors: 2 }];

describe("on one executor and on two", () => {
  test.for(EXECUTORS)(
    "processes that grow in turns keep their memories apart: %o",
    async (runtime, { run }) => {
      expect(await run("memoryTenants.wat", { runtime })).toMatchObject({
        reason: "normal",
        stdout: "every tenant kept its memory\n",
      });
    },
  );

  test.for(EXECUTORS)(
    "a kill reaches a process in every state, also inside trap::catch: %o",
    async (runtime, { run }) => {
      const result = await run("killEverywhere.wat", { runtime });
      expect(result).toMatchObject({ reason: "normal", stdout: "all five died\n", spawned: 6 });
    },
  );

  test.for(EXECUTORS)("a module that changes its table has one per process: %o", async (runtime, { run }) => {
    expect(await run("ownTables.wat", { runtime })).toMatchObject({ stdout: "both tables were their own\n" });
  });

  test.for(EXECUTORS)(
    "a start function runs inside the spawn and can fail it: %o",
    async (runtime, { run }) => {
      expect(await run("startFunction.wat", { runtime })).toMatchObject({
        reason: "normal",
        stdout: "the child was prepared\na failing start function fails the spawn\n",
      });
    },
  );
});

describe("more processes than the engine bears stacks", () => {
  test("wait unstarted, and start when others end", async ({ run }) => {
    const result = await run("many_alive", { runtime: { executors: 1, stackBudget: 40 }, args: ["100"] });
    expect(result.stdout).toContain("answered 100");
    expect(result.reason).toBe("normal");
  });

  test("are told when none can ever start, and can be stopped", async ({ run }) => {
    // Every process of the ring waits for the next one, which has no stack.
    const result = await run("ring", {
      runtime: { executors: 1, stackBudget: 5 },
      args: ["50", "1"],
      stopAtNotice: "cannot start",
    });
    expect(result.notices.join()).toContain("raise the option stackBudget");
    expect(result.cause).toBe("killed");
  });
});

test("fibers are used again: five thousand processes one after another need few stacks", async ({ run }) => {
  const result = await run("spawn_exit", { runtime: { executors: 1, stackBudget: 3 }, args: ["5000"] });
  expect(result.stdout).toContain("spawned 5000");
});

test("lines of two executors come in an order in which none is before what led to it", async ({ run }) => {
  const result = await run("alternatingLines.wat", { runtime: { executors: 2 } });
  const lines = Array.from({ length: 50 }, (_, round) => String(round).padStart(2, "0"));
  expect(result.stdout).toBe(lines.map((number) => `a${number}\nb${number}\n`).join(""));
});

test("a tiny slice changes nothing but the turns", async ({ run }) => {
  const result = await run("primes", { runtime: { executors: 1, sliceFuel: 1000 }, args: ["20000", "4"] });
  expect(result.stdout).toContain("2262 primes below 20000");
});
