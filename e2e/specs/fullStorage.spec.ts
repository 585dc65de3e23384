import { beforeAll, describe, expect, inject } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { buildDatabasePage, type DatabasePage, type DeskOptions, runToEnd } from "../src/databasePage.ts";
import { test as base, launchBrowser } from "../src/fixtures.ts";
import { buildGuestProgram } from "../src/guestProgram.ts";
import { buildLabPage, type LabPage, openLab, runToEnd as runProgram, until } from "../src/openRuntime.ts";
import type { Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

/**
 * Firefox gives a site half of so little. In Chromium each file that is open takes 1 MiB before anything is written, and
 * the double of what it has when it grows.
 */
const STORAGE_BYTES = 20 * 2 ** 20;
/** What the filling program appends at a time. */
const PAGE_BYTES = 16_384;

let lab: string;
let desk: string;
let filler: Uint8Array;
let databases: Uint8Array;
beforeAll(async () => {
  lab = await buildLabPage();
  desk = await buildDatabasePage();
  filler = await assembleGuest("fillDisk");
  databases = await buildGuestProgram("load/databases.ts");
});

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
  .extend("browser", { scope: "file" }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser({ storageLimitBytes: STORAGE_BYTES });
    onCleanup(() => browser[Symbol.asyncDispose]());
    return browser;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above
  .extend("serve", ({}, { onCleanup }) => async (site: string): Promise<string> => {
    const server = await serveDirectory(site, { isolated: true });
    onCleanup(() => server[Symbol.asyncDispose]());
    return server.url;
  });

/** @returns how many pages the program has synced until there was no more room */
async function fill(page: Page, name: string): Promise<number> {
  const { stdout, end } = await runProgram(page, name, filler);
  expect(end).toBe("normal");
  expect(stdout).toMatch(/^k*full$/);
  return stdout.length - "full".length;
}

// In OPFS: at its limit IndexedDB also refuses what removing a file writes, so that only the site can make room.
test("when the browser gives no more storage a program is told, what it had synced is there after a reload, and it goes on when files are removed", async ({
  page,
  serve,
}) => {
  const url = await serve(lab);
  const open = () => openLab(page, url, { executors: 1, files: { persist: "full" } });
  await open();
  const synced = await fill(page, "first");
  expect(synced).toBeGreaterThan(50);
  await open();
  const found = await page.evaluate(async () => {
    const { files } = (globalThis as unknown as LabPage).lab.runtime;
    const bytes = await files.read("/filling");
    return [bytes.length, bytes.findIndex((byte) => byte !== "k".charCodeAt(0))];
  });
  expect(found[0]).toBeGreaterThanOrEqual(synced * PAGE_BYTES);
  expect(found[1]).toBe(-1);
  await page.evaluate(async () => {
    const { files } = (globalThis as unknown as LabPage).lab.runtime;
    await files.remove("/filling");
    await files.sync();
  });
  expect(await fill(page, "second")).toBeGreaterThan(50);
});

/**
 * In IndexedDB only where the browser tells a page its limit: Chromium says 10 GiB more than is in use, whatever it will
 * give, so that sqlite has committed in memory when it is refused.
 */
const PLACES: Record<"chromium" | "firefox", Pick<DeskOptions, "backing">[]> = {
  chromium: [{}],
  firefox: [{}, { backing: "indexedDB" }],
};

describe.each(PLACES[inject("browser")])("with databases, %o", (place) => {
  test("a transaction that finds no more storage is refused and rolled back, its database stays sound, and others go on when one is removed", async ({
    page,
    serve,
  }) => {
    const url = await serve(desk);
    const open = async () => {
      await page.goto(url);
      await until(page, () => "ready" in document.documentElement.dataset);
      await page.evaluate(
        (given) =>
          (globalThis as unknown as DatabasePage).desk.open({ executors: 1, persist: "full", ...given }),
        { ...place },
      );
    };
    const look = () =>
      page.evaluate(async () => {
        const { query } = (globalThis as unknown as DatabasePage).desk;
        const { rows } = await query("/kept.db", "select count(*) from t");
        const sound = await query("/kept.db", "pragma integrity_check");
        return [Number(rows[0]![0]), String(sound.rows[0]![0])];
      });
    await open();
    expect(await page.evaluate(() => (globalThis as unknown as DatabasePage).desk.isPersistent())).toBe(true);
    expect(await runToEnd(page, databases, "rows", "ballast.db", "20000")).toMatch(/^count 20000\n/);
    expect(await runToEnd(page, databases, "rows", "kept.db", "1000")).toMatch(/^count 1000\n/);
    const refused = await runToEnd(page, databases, "rows", "kept.db", "1000000");
    expect(refused).toContain("database or disk is full (code 13)");
    expect(await look()).toEqual([1000, "ok"]);
    await open();
    expect(await look()).toEqual([1000, "ok"]);
    await page.evaluate(() => (globalThis as unknown as DatabasePage).desk.remove("/ballast.db"));
    expect(await runToEnd(page, databases, "rows", "kept.db", "5000")).toMatch(/^count 6000\n/);
    expect(await look()).toEqual([6000, "ok"]);
  });
});
