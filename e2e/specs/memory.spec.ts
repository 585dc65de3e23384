import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import { buildMemoryPage, type Held, type RoundsPage, type Way } from "../src/memoryPage.ts";
import { openSite } from "../src/openSite.ts";
import { PATIENCE_MS, type Page } from "../src/page.ts";

let site: string;
let wasm: string;
beforeAll(async () => {
  site = await buildMemoryPage();
  wasm = Buffer.from(await assembleGuest("spawnRounds")).toString("base64");
});

interface Setting {
  readonly executors: number;
  readonly isolated: boolean;
}

/** `open` gives a page with a runtime, and how many processes may live on it at once. */
const test = base.extend("open", ({ page }, { onCleanup }) => {
  return async ({ executors, isolated }: Setting): Promise<number> => {
    await openSite(page, site, isolated, onCleanup);
    return page.evaluate((given) => (globalThis as unknown as RoundsPage).openRuntime(given), { executors });
  };
});

function begin(page: Page): Promise<void> {
  return page.evaluate((code) => (globalThis as unknown as RoundsPage).begin(code), wasm);
}

/** Spawns and ends so many processes. @returns what is held afterwards */
async function round(page: Page, count: number, way: Way): Promise<Held[]> {
  await page.evaluate((many, how) => (globalThis as unknown as RoundsPage).round(many, how), count, way);
  return heldAtRest(page);
}

function stop(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as unknown as RoundsPage).stop());
}

/** What executors hold once they have cleaned up. */
async function heldAtRest(page: Page): Promise<Held[]> {
  let held: Held[] = [];
  const readUncleaned = async (): Promise<number> => {
    held = await page.evaluate(() => (globalThis as unknown as RoundsPage).held());
    return sum(held, "uncleanedBytes");
  };
  await expect.poll(readUncleaned, { timeout: PATIENCE_MS }).toBe(0);
  return held;
}

function sum(held: readonly Held[], what: keyof Held): number {
  return held.reduce((total, counts) => total + counts[what], 0);
}

const WAYS = ["return", "panic", "kill"] as const;
const ONE = { executors: 1, isolated: true };

test("ten rounds of spawning and ending 10,000 processes, or all the browser bears, leave what the first has left", async ({
  open,
  page,
}) => {
  const count = Math.min(10_000, (await open(ONE)) - 10);
  await begin(page);
  const first = await round(page, count, "return");
  expect(first).toMatchObject([
    { environments: 1, processes: 2, timers: 0, messageBytes: 0, resourceBytes: 0 },
  ]);
  for (let each = 1; each < 10; each++) {
    const way = WAYS[each % WAYS.length]!;
    expect(await round(page, count, way), `round ${each}: ${way}`).toEqual(first);
  }
});

test("environments that come and go leave what the first has left", async ({ open, page }) => {
  await open(ONE);
  let first: Held[] | undefined;
  for (let each = 0; each < 8; each++) {
    await begin(page);
    await round(page, 2_000, WAYS[each % WAYS.length]!);
    // The root and the page's process live until then.
    await stop(page);
    const held = await heldAtRest(page);
    expect(held).toMatchObject([{ environments: 0, processes: 0, timers: 0, messageBytes: 0 }]);
    first ??= held;
    expect(held, `environment ${each}`).toEqual(first);
  }
});

describe.for([{ isolated: true }, { isolated: false }])("on two executors, %o", ({ isolated }) => {
  test("nothing is left of processes that end, wherever they lived", async ({ open, page }) => {
    await open({ executors: 2, isolated });
    await begin(page);
    for (let each = 0; each < 6; each++) {
      const held = await round(page, 2_000, WAYS[each % WAYS.length]!);
      expect(sum(held, "processes"), "the root and the page's own").toBe(2);
      expect(sum(held, "timers") + sum(held, "messageBytes") + sum(held, "resourceBytes")).toBe(0);
      // What two thousand have at once is 250 MB; control blocks are kept.
      expect(sum(held, "usedBytes")).toBeLessThan(10e6);
    }
  });
});
