import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import { buildLabPage, type LabPage, openLab, startRun, until } from "../src/openRuntime.ts";
import { PATIENCE_MS } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildLabPage();
});

test.for([
  ["with headers", true],
  ["without headers", false],
] as const)(
  "closing a runtime in full swing leaves no worker and no lock: %s",
  async ([, isolated], { page }) => {
    await using server = await serveDirectory(site, { isolated });
    await openLab(page, server.url, { executors: 2 });
    await startRun(page, "loops", await assembleGuest("spreadLoops"));
    await startRun(page, "flood", await assembleGuest("floodForEver"));
    await until(page, () => (globalThis as unknown as LabPage).lab.runs.loops!.stdout.includes("tick"));
    // The hub, the executors, and where memory is shared the worker of the files.
    await expect.poll(() => page.workerCount(), { timeout: PATIENCE_MS }).toBe(isolated ? 4 : 3);
    expect(await countLocks()).toBeGreaterThan(0);

    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.close());
    await expect.poll(() => page.workerCount(), { timeout: PATIENCE_MS }).toBe(0);
    await expect.poll(countLocks, { timeout: PATIENCE_MS }).toBe(0);

    function countLocks(): Promise<number> {
      return page.evaluate(async () => {
        const { held = [], pending = [] } = await navigator.locks.query();
        return held.length + pending.length;
      });
    }
  },
);

test("runtimes made and closed one after another leave no memory: a renderer bears 125 at a time", async ({
  page,
}) => {
  await using server = await serveDirectory(site);
  await openLab(page, server.url, { executors: 2 });
  const base64 = Buffer.from(await assembleGuest("startFunction")).toString("base64");
  const outputs = await page.evaluate(async (wasm) => {
    const { lab } = globalThis as unknown as LabPage;
    await lab.runtime.close();
    const seen = new Set<string>();
    for (let round = 0; round < 65; round++) {
      lab.runtime = await lab.createRuntime({ executors: 2, moduleCache: "none" });
      // One on each executor, so that both have a memory.
      for (const name of ["first", "second"]) {
        await lab.start(name, wasm);
        const run = lab.runs[name]!;
        while (run.end === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
        seen.add(`${run.end}: ${run.stdout}`);
      }
      await lab.runtime.close();
    }
    return [...seen];
  }, base64);
  expect(outputs).toEqual(["normal: the child was prepared\na failing start function fails the spawn\n"]);
  await expect.poll(() => page.workerCount(), { timeout: PATIENCE_MS }).toBe(0);
});

test("a page that is hidden and shown again goes on where it was", async ({ page }) => {
  await using server = await serveDirectory(site);
  await openLab(page, server.url, { executors: 2 });
  await page.evaluate(() => {
    const seen: string[] = [];
    for (const event of ["visibilitychange", "freeze"]) {
      document.addEventListener(event, () => seen.push(event));
    }
    Object.assign(globalThis, { seen });
  });
  await startRun(page, "clock", await assembleGuest("clock"));
  await startRun(page, "loops", await assembleGuest("spreadLoops"));
  await until(page, () => (globalThis as unknown as LabPage).lab.runs.clock!.stdout.includes("tick 0005"));
  await page.whileHidden(() => delay(1500));
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.length > 0), {
      timeout: PATIENCE_MS,
    })
    .toBe(page.hidesTabs);
  const before = await page.evaluate(() => (globalThis as unknown as LabPage).lab.runs.clock!.stdout.length);
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as LabPage).lab.runs.clock!.stdout.length), {
      timeout: PATIENCE_MS,
    })
    .toBeGreaterThan(before + 200);
  const lines = await page.evaluate(() => (globalThis as unknown as LabPage).lab.runs.clock!.stdout);
  const numbers = lines
    .trimEnd()
    .split("\n")
    .map((line) => Number(line.slice(5)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});
