import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject } from "vitest";
import { test as base } from "../src/fixtures.ts";
import { findGuest } from "../src/guests.ts";
import { openSite } from "../src/openSite.ts";
import { buildRuntimePage, type GuestRun, type GuestRunOptions, runGuest } from "../src/runtimePage.ts";

let site: string;
beforeAll(async () => {
  site = await buildRuntimePage();
});

type Run = (
  guest: string,
  args: readonly string[],
  runtime: NonNullable<GuestRunOptions["runtime"]>,
) => Promise<GuestRun>;

const test = base.extend("open", ({ page }, { onCleanup }) => {
  return async (isolated: boolean): Promise<Run> => {
    await openSite(page, site, isolated, onCleanup);
    return (guest, args, runtime) =>
      runGuest(page, readFileSync(findGuest(guest).path), { args, runtime, noticesOnly: true });
  };
});

/** Live processes that a browser bears, and the budget that they need. */
const MANY = {
  chromium: { live: 15_000, stackBudget: 16_000 },
  firefox: { live: 6_000, stackBudget: 6_500 },
} as const;

describe.for([
  ["with headers", true],
  ["without headers", false],
] as const)("one Rust program on a page %s", ([, isolated]) => {
  test("has thousands of processes that live at once, and each answers a message", async ({ open }) => {
    const run = await open(isolated);
    const { live, stackBudget } = MANY[inject("browser")];
    const result = await run("many_alive", [String(live)], { executors: 2, stackBudget });
    expect(result).toMatchObject({ reason: "normal", notices: [] });
    expect(result.stdout).toContain(`answered ${live}\n`);
  });
});

describe("on one executor", () => {
  test("100,000 short tasks complete", async ({ open }) => {
    const run = await open(true);
    const result = await run("spawn_exit", ["100000"], { executors: 1 });
    expect(result).toMatchObject({ reason: "normal", notices: [] });
    expect(result.stdout).toContain("spawned 100000\n");
  });

  test("100,000 processes panic one after another, and the program goes on", async ({ open }) => {
    const run = await open(true);
    const result = await run("panic_many", ["100000"], { executors: 1 });
    expect(result).toMatchObject({ reason: "normal", notices: [] });
    expect(result.stdout).toContain("panicked 100000\n");
  });
});
