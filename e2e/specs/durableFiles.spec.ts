import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, inject } from "vitest";
import { buildDurableFilesPage, type DurableFilesPage } from "../src/durableFilesPage.ts";
import { test as base } from "../src/fixtures.ts";
import type { Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
let wasm: string;
beforeAll(async () => {
  site = await buildDurableFilesPage();
  const path = join(import.meta.dirname, "../../guests/rust/prebuilt/durable_files.wasm");
  wasm = (await readFile(path)).toString("base64");
});

const KILLS = { chromium: 15, firefox: 3 };

describe.for([{ isolated: true }, { isolated: false }])("%o", ({ isolated }) => {
  /** `openTab` gives tabs of one origin and one storage. */
  const test = base.extend("openTab", async ({ page }, { onCleanup }) => {
    const server = await serveDirectory(site, { isolated });
    onCleanup(() => server[Symbol.asyncDispose]());
    return async (): Promise<Page & AsyncDisposable> => {
      const tab = await page.openTab();
      await tab.goto(server.url);
      return tab;
    };
  });

  test("a program's files are there after each death of its tab: what it synced, and no file torn", async ({
    openTab,
  }) => {
    const kills = KILLS[inject("browser")];
    let synced = 0;
    for (let kill = 0; kill < kills; kill++) {
      await using tab = await openTab();
      const rounds = await open(tab);
      expect(rounds.at(-1) ?? 0, `after ${kill} kills`).toBeGreaterThanOrEqual(synced);
      // A file for each of the last rounds, so that none of them was lost alone.
      expect(rounds).toEqual(rounds.map((_, index) => rounds.at(-1)! - rounds.length + 1 + index));
      await replace(tab, 3 + ((kill * 5) % 12));
      synced = await tab.evaluate(() => (globalThis as unknown as DurableFilesPage).lastSynced());
      await tab.kill();
      expect(tab.errors).toEqual([]);
    }
    expect(synced).toBeGreaterThan(kills * 3);
  });
});

function open(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as DurableFilesPage).openFiles("durable"));
}

function replace(page: Page, rounds: number): Promise<void> {
  return page.evaluate(
    (code, count) => (globalThis as unknown as DurableFilesPage).replaceFiles(code, count),
    wasm,
    rounds,
  );
}
