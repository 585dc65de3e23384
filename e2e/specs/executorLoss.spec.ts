import { readFileSync } from "node:fs";
import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import { findGuest } from "../src/guests.ts";
import { buildLabPage, type LabPage, openLab, startRun, until } from "../src/openRuntime.ts";
import { PATIENCE_MS, type Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildLabPage();
});

describe.for([
  ["with headers", true],
  ["without headers", false],
] as const)("when the worker of an executor dies without a word, %s", ([, isolated]) => {
  test("links and monitors of its processes are told, the rest goes on, new processes go to what is left", async ({
    browser,
  }) => {
    // Not the fixture's page: the runtime says in the console what happened, which would fail the test there.
    await using page = await browser.openPage();
    await using server = await serveDirectory(site, { isolated });
    await openLab(page, server.url, { executors: 2 });
    // The second executor is the home of the first environment and the first that of the second.
    await startRun(page, "home", await assembleGuest("spreadLoops"));
    await startRun(page, "away", await assembleGuest("spreadLoops"));
    await until(page, () => {
      const { runs } = (globalThis as unknown as LabPage).lab;
      const allTick = ["home", "away"].every((name) => runs[name]!.stdout.includes("tick"));
      // Without a loop on the executor that dies there is nobody to mourn.
      return allTick && runs.away!.startedOn.length === 5 && runs.away!.startedOn.includes(1);
    });

    await killExecutor(page, 1);

    await until(page, () => {
      const { home, away } = (globalThis as unknown as LabPage).lab.runs;
      return home!.end !== undefined && /link\n[\s\S]*tick/.test(away!.stdout);
    });
    const { home, away } = await runs(page);
    expect(home!.end).toBe("failure: executorLost");
    expect(away!.end).toBeUndefined();
    expect(count(away!.stdout, "process")).toBe(count(away!.stdout, "link"));
    expect(page.errors.join("\n")).toMatch(/executor 1 was lost with its processes/);

    await startRun(page, "later", readFileSync(findGuest("primes").path));
    await until(page, () => (globalThis as unknown as LabPage).lab.runs.later!.end === "normal");
    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runs.away!.stop());
    expect((await runs(page)).away!.end).toBe("failure: killed");
    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.close());
    await expect.poll(() => page.workerCount(), { timeout: PATIENCE_MS }).toBe(0);
  });
});

test("a page can drop an executor, which is lost then as if its worker had died", async ({ browser }) => {
  // Not the fixture's page, for the same reason.
  await using page = await browser.openPage();
  await using server = await serveDirectory(site);
  await openLab(page, server.url, { executors: 2 });
  await startRun(page, "home", await assembleGuest("spreadLoops"));
  await until(page, () => (globalThis as unknown as LabPage).lab.runs.home!.stdout.includes("tick"));
  const states = await page.evaluate(async () => {
    const { runtime } = (globalThis as unknown as LabPage).lab;
    // The second call finds nothing to do.
    for (let again = 0; again < 2; again++) await runtime.dropExecutor(1);
    return (await runtime.usage()).map(({ state }) => state);
  });
  expect(states).toEqual(["alive", "lost"]);
  await until(page, () => (globalThis as unknown as LabPage).lab.runs.home!.end !== undefined);
  expect((await runs(page)).home!.end).toBe("failure: executorLost");
  expect(page.errors.join("\n")).toContain("executor 1 was lost with its processes: the page has dropped it");
});

/** Ends the worker behind the runtime's back: no error event, no last message. */
function killExecutor(page: Page, index: number): Promise<void> {
  return page.evaluate((which) => {
    const { workers } = (globalThis as unknown as LabPage).lab;
    workers.find(({ name }) => name.endsWith(`executor ${which}`))!.worker.terminate();
  }, index);
}

function runs(page: Page): Promise<Record<string, { stdout: string; end: string | undefined }>> {
  return page.evaluate(() => {
    const { runs: all } = (globalThis as unknown as LabPage).lab;
    return Object.fromEntries(Object.entries(all).map(([name, { stdout, end }]) => [name, { stdout, end }]));
  });
}

function count(text: string, line: string): number {
  return text.split("\n").filter((one) => one === line).length;
}
