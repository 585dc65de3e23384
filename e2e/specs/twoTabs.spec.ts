import { beforeAll, describe, expect } from "vitest";
import { test as base } from "../src/fixtures.ts";
import type { Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";
import { buildVolumePage, type Progress, type VolumePage, type WriterOptions } from "../src/volumePage.ts";

let site: string;
beforeAll(async () => {
  site = await buildVolumePage();
});

/** `openTab` gives tabs of one origin and one storage, which close with the test. */
const test = base.extend("openTab", async ({ page }, { onCleanup }) => {
  const server = await serveDirectory(site);
  const tabs: (Page & AsyncDisposable)[] = [];
  onCleanup(async () => {
    for (const tab of tabs) await tab[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    expect(tabs.flatMap(({ errors }) => errors)).toEqual([]);
  });
  return async (): Promise<Page> => {
    const tab = await page.openTab();
    tabs.push(tab);
    await tab.goto(server.url);
    return tab;
  };
});

describe.each(["opfs", "indexedDB"] as const)("a volume in %s", (backing) => {
  const name = "shared";

  test("is one tab's at a time: a second one is told who has it, and the first works on", async ({
    openTab,
  }) => {
    const [first, second] = [await openTab(), await openTab()];
    await begin(first, { name, backing });
    const before = await reach(first, 5);
    await begin(second, { name, backing });
    const told = await reach(second, 1);
    expect(told.failure).toMatch(/^taken: The files "shared" are open in another tab/);
    expect(await reach(first, before.committed + 5)).toMatchObject({ found: 0, failure: "" });
  });

  test("is taken over by a tab that waits for it when the one that has it closes it", async ({ openTab }) => {
    const [first, second] = [await openTab(), await openTab()];
    await begin(first, { name, backing });
    await reach(first, 20);
    await begin(second, { name, backing, ifTaken: "wait" });
    expect(await progressOf(second)).toMatchObject({ found: -1, failure: "" });
    await first.evaluate(() => (globalThis as unknown as VolumePage).close());
    const { committed } = await progressOf(first);
    expect(await reach(second, 5)).toMatchObject({ found: committed, failure: "" });
  });

  test("is taken over by a tab that waits for it when the one that has it dies", async ({ openTab }) => {
    const [first, second] = [await openTab(), await openTab()];
    await begin(first, { name, backing });
    await reach(first, 1);
    await begin(second, { name, backing, ifTaken: "wait" });
    const { committed } = await reach(first, 20);
    await first.kill();
    const { found, failure } = await reach(second, 5);
    expect(failure).toBe("");
    expect(found).toBeGreaterThanOrEqual(committed);
  });
});

/** Starts a worker that opens the volume and writes to it. */
function begin(page: Page, options: WriterOptions): Promise<void> {
  return page.evaluate(
    (given) => (globalThis as unknown as VolumePage).begin(given as unknown as WriterOptions),
    { ...options },
  );
}

/** Resolves when it has written so many batches, or failed. */
function reach(page: Page, batches: number): Promise<Progress> {
  return page.evaluate((count) => (globalThis as unknown as VolumePage).reach(count), batches);
}

function progressOf(page: Page): Promise<Progress> {
  return page.evaluate(() => (globalThis as unknown as VolumePage).progress());
}
