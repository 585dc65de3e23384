import { beforeAll, describe, expect, inject } from "vitest";
import { test } from "../src/fixtures.ts";
import type { Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";
import { buildVolumePage, type Progress, type VolumePage, type WriterOptions } from "../src/volumePage.ts";

let site: string;
beforeAll(async () => {
  site = await buildVolumePage();
});

/** A tab's process dies in Chromium; Firefox, which takes longer for a tab, closes it. */
const TABS = { chromium: { opfs: 70, indexedDB: 20 }, firefox: { opfs: 12, indexedDB: 8 } };
const WORKERS_OF_A_TAB = 3;

describe.each(["opfs", "indexedDB"] as const)("in %s", (backing) => {
  const tabs = TABS[inject("browser")][backing];

  test(`a tab that is killed ${tabs} times, and its worker ${tabs * WORKERS_OF_A_TAB} times, loses no batch and tears none`, async ({
    page,
    onTestFinished,
  }) => {
    const server = await serveDirectory(site);
    onTestFinished(() => server[Symbol.asyncDispose]());
    let promised = 0;
    for (let tab = 0; tab < tabs; tab++) {
      await using writer = await page.openTab();
      await writer.goto(server.url);
      for (let life = 0; life <= WORKERS_OF_A_TAB; life++) {
        const { found, committed, failure } = await write(
          writer,
          { name: "crash", backing, ifTaken: "wait" },
          (tab * 7 + life * 11) % 23,
        );
        expect(failure, `tab ${tab}, worker ${life}`).toBe("");
        expect(found, `tab ${tab}, worker ${life}`).toBeGreaterThanOrEqual(promised);
        promised = committed;
        if (life < WORKERS_OF_A_TAB) await terminate(writer);
      }
      promised = (await progressOf(writer)).committed;
      await writer.kill();
    }
    expect(promised).toBeGreaterThan(tabs * 10);
  });
});

/** Starts a worker and lets it write so many batches or a few more. */
function write(page: Page, options: WriterOptions, batches: number): Promise<Progress> {
  return page.evaluate(
    (given, count) => {
      const { begin, reach } = globalThis as unknown as VolumePage;
      begin(given as unknown as WriterOptions);
      return reach(count);
    },
    { ...options },
    batches,
  );
}

function terminate(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as unknown as VolumePage).terminate());
}

function progressOf(page: Page): Promise<Progress> {
  return page.evaluate(() => (globalThis as unknown as VolumePage).progress());
}
