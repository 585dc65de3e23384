import { expect } from "vitest";
import { test } from "../src/fixtures.ts";
import type { Page } from "../src/page.ts";
import { byTestId, Playground } from "../src/playground.ts";

/** Rust: writes files, reads them and tidies up. */
const FILES = "files";
const GUEST_BOOK = "ts-guestbook";

test("a guest book has its entries after a reload, another project has none of them, and starting afresh deletes them", async ({
  playground,
}) => {
  const { page } = playground;
  await page.setViewport(1280, 900);
  await playground.start(GUEST_BOOK);
  await playground.untilOver();
  await look(playground, "databases");
  await untilPlace(playground, /^“A guest book”: (Kept in this browser \(OPFS\)|In memory only)/);

  await playground.open();
  await playground.choose(GUEST_BOOK);
  await look(playground, "databases");
  await page.fill(byTestId("database-sql"), "select count(*) from entries");
  await page.click(byTestId("database-run"));
  await playground.until(() => textOf(page, "database-result"), "the entries are there").toBe("count(*)30");

  await page.click(byTestId("tab-tree"));
  await playground.run();
  await playground.untilStarted();
  await playground.untilOver();
  expect((await playground.output("stdout")).join("\n")).toContain("30 entries of earlier runs");

  await playground.choose(FILES);
  await look(playground, "databases");
  await playground.until(() => textOf(page, "databases"), "no database").toContain("No database yet");
  await playground.choose(GUEST_BOOK);
  await playground.until(() => textOf(page, "databases"), "it is back").toContain("entries");

  await page.click(byTestId("storage-reset"));
  await page.click(byTestId("storage-reset-confirm"));
  await playground.until(() => textOf(page, "databases"), "all is gone").toContain("No database yet");
  await playground.open();
  await playground.choose(GUEST_BOOK);
  await look(playground, "databases");
  await playground.until(() => textOf(page, "databases"), "for good").toContain("No database yet");
});

test("files of a project are there after a reload, and a repeatable run neither finds nor changes them", async ({
  playground,
}) => {
  const { page } = playground;
  await page.setViewport(1280, 900);
  await playground.choose(FILES);
  await makeFile(playground, "notes/monday.txt");
  await playground.open();
  await playground.choose(FILES);
  await look(playground, "files");
  await untilFiles(playground, ["/notes"]);

  await page.click(byTestId("tab-tree"));
  await page.click(byTestId("deterministic"));
  await playground.run();
  await playground.untilStarted();
  await playground.untilOver();
  await look(playground, "files");
  await untilPlace(playground, /In memory only: a repeatable run begins with nothing/);
  await page.click(byTestId("storage-show-kept"));
  await untilFiles(playground, ["/notes"]);
});

test("a second tab with the same project is told so, works in memory, and has what was kept when the first one is gone", async ({
  playground,
  page,
}) => {
  await page.setViewport(1280, 900);
  await playground.choose(FILES);
  await makeFile(playground, "kept.txt");

  // In front of the first from now on.
  await using tab = await page.openTab();
  const second = new Playground(tab);
  await second.open();
  await tab.setViewport(1280, 900);
  await second.start(FILES);
  await second.untilOver();
  expect((await second.output("stdout")).join("\n")).toContain("tidied up: true");
  await second
    .until(() => textOf(tab, "storage-notice"), "it is told")
    .toContain("Another tab has “Files” open");
  await look(second, "files");
  await untilPlace(second, /In memory only: another tab has this project open/);
  await second.until(() => textOf(tab, "files"), "it has none").toContain("No files yet");

  await page.goto("about:blank");
  await untilFiles(second, ["/kept.txt"]);
  expect(await textOf(tab, "storage-notice")).toBe("");
  expect(tab.errors).toEqual([]);
});

async function look({ page }: Playground, at: "files" | "databases"): Promise<void> {
  await page.click(byTestId(`tab-${at}`));
}

async function makeFile(playground: Playground, path: string): Promise<void> {
  await look(playground, "files");
  await playground.until(() => textOf(playground.page, "files"), "there is none").toContain("No files yet");
  await playground.page.fill(byTestId("file-new"), path);
  await playground.page.click(byTestId("file-make"));
  await untilFiles(playground, [`/${path.split("/")[0]}`]);
}

/** Waits until these and no others are in the root. */
async function untilFiles(playground: Playground, paths: readonly string[]): Promise<void> {
  const listed = () =>
    playground.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.file-row[aria-level="1"]')].map((row) => row.dataset.path),
    );
  await playground.until(listed, "the files are listed").toEqual(paths);
}

async function untilPlace(playground: Playground, expected: RegExp): Promise<void> {
  await playground
    .until(() => textOf(playground.page, "storage-place"), "it says where they are")
    .toMatch(expected);
}

function textOf(page: Page, testId: string): Promise<string> {
  return page.evaluate((id) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? "", testId);
}
