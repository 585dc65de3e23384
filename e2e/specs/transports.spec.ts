import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import { findGuest, type Guest, guests } from "../src/guests.ts";
import { openSite } from "../src/openSite.ts";
import { Playground } from "../src/playground.ts";
import { buildRuntimePage, type GuestRun, type GuestRunOptions, runGuest } from "../src/runtimePage.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildRuntimePage();
});

type Run = (wasm: Uint8Array, options?: GuestRunOptions) => Promise<GuestRun>;

type Open = (headers: "with headers" | "without headers") => Promise<Run>;

/** `open` loads the page, served with or without the headers that make it cross-origin isolated. */
const test = base.extend("open", ({ page }, { onCleanup }): Open => {
  return async (headers) => {
    await openSite(page, site, headers === "with headers", onCleanup);
    return (wasm, options = {}) => runGuest(page, wasm, options);
  };
});

const TWO = { executors: 2 };

describe("a page without isolation headers", () => {
  test("gets as many executors as one with them, joined by ports, and is told why", async ({
    open,
    page,
  }) => {
    const run = await open("without headers");
    const { capabilities } = await run(await assembleGuest("startFunction"));
    const cores = Math.min(await page.evaluate(() => navigator.hardwareConcurrency), 8);
    expect(capabilities).toMatchObject({
      executors: cores,
      crossOriginIsolated: false,
      transport: cores === 1 ? "single-executor" : "message-port",
      reason: expect.stringMatching(/COOP and COEP|one core/),
    });
  });

  test("has one stack budget: executors lend each other what they do not need", async ({ open }) => {
    const run = await open("without headers");
    // Every process of the ring waits for the next one; a third of the budget is not enough for them.
    const result = await run(readFileSync(findGuest("ring").path), {
      runtime: { executors: 3, stackBudget: 60 },
      args: ["40", "1"],
      stopAtNotice: "cannot start",
    });
    expect(result).toMatchObject({ reason: "normal", notices: [] });
  });

  test.for([
    ["killEverywhere", "all five died\n"],
    ["memoryTenants", "every tenant kept its memory\n"],
    ["ownTables", "both tables were their own\n"],
    ["startFunction", "the child was prepared\na failing start function fails the spawn\n"],
  ] as const)("keeps the guarantees that shared memory keeps: %s", async ([guest, stdout], { open }) => {
    const run = await open("without headers");
    for (const executors of [1, 2, 3]) {
      const result = await run(await assembleGuest(guest), { runtime: { executors } });
      expect(result, `${executors} executors`).toMatchObject({ reason: "normal", stdout });
    }
  });
});

test("a visitor runs programs in the playground, served without headers", async ({ page }) => {
  const folder = join(import.meta.dirname, "../.cache/playground");
  await using server = await serveDirectory(folder, { isolated: false });
  const playground = new Playground(page);
  await playground.open(server.url);
  for (const [program, line] of [
    ["hello", "hello from process 1"],
    ["primes", "17984 primes below 200000"],
  ] as const) {
    await playground.start(program);
    await playground.untilOver();
    expect(await playground.output("stdout")).toContain(line);
  }
});

const endingGuests = guests.filter((guest) => guest.expected.exit !== "never");

describe.for(["with headers", "without headers"] as const)("on two executors of a page %s", (headers) => {
  test.for(endingGuests.map((guest) => [guest.name, guest] as const))(
    "%s does what it does on one",
    async ([, guest], { open }) => {
      const run = await open(headers);
      const result = await run(readFileSync(guest.path), {
        runtime: TWO,
        run: { env: guest.env },
        args: guest.args,
      });
      expectRun(result, guest);
    },
  );
});

function expectRun(result: GuestRun, { expected }: Guest): void {
  const lines = result.stdout.split("\n");
  if (expected.stdout.match === "exact") expect(lines.slice(0, -1)).toEqual(expected.stdout.lines);
  else for (const line of expected.stdout.lines) expect(lines).toContain(line);
  expect(result.cause).toMatch(expected.exit === "returned" ? /^(returned|exited)$/ : /^trapped/);
  if (expected.processes !== undefined) expect(result.spawned).toBe(expected.processes);
  if (expected.processesAtLeast !== undefined) {
    expect(result.spawned).toBeGreaterThanOrEqual(expected.processesAtLeast);
  }
}
