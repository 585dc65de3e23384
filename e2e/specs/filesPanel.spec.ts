import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { expect } from "vitest";
import { test } from "../src/fixtures.ts";
import type { Playground } from "../src/playground.ts";

const byId = (id: string) => `[data-testid="${id}"]`;
const row = (path: string) => `.file-row[data-path="${path}"]`;

test("a visitor makes a file, edits it, and a program reads it; what programs write shows up", async ({
  playground,
}) => {
  const { page } = playground;
  await playground.choose("files");
  await page.click(byId("tab-files"));
  await playground
    .until(() => textOf(playground, "files"), "an empty filesystem says so")
    .toContain("No files yet");

  await page.fill(byId("file-new"), "notes/monday.txt");
  await page.click(byId("file-make"));
  await page.click(row("/notes/monday.txt"));
  await page.fill(byId("file-text"), "written by hand\n");
  await page.click(byId("file-save"));
  await playground.until(() => textOf(playground, "file-tree"), "it has a size").toContain("16 B");
  await page.fill(byId("file-name"), "tuesday.txt");
  await page.click(byId("file-rename"));
  await page.click(row("/notes/tuesday.txt"));
  expect(await fieldText(playground, "file-text")).toBe("written by hand\n");

  await page.click(byId("tab-tree"));
  await playground.start("files");
  await playground.untilOver();
  expect((await playground.output("stdout")).join("\n")).toContain("tidied up: true");
  await page.click(byId("tab-files"));
  await playground.until(() => textOf(playground, "file-tree"), "the visitor's is left").toContain("notes");
  await page.click(row("/notes"));
  await page.click(row("/notes/tuesday.txt"));

  await page.click(byId("file-delete"));
  await page.click(byId("file-delete-confirm"));
  await playground.until(() => textOf(playground, "file-tree"), "it is gone").not.toContain("tuesday.txt");
});

test("a visitor brings a file of his own", async ({ playground }) => {
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-upload-"));
  try {
    writeFileSync(join(folder, "bytes.bin"), Uint8Array.of(0, 1, 2, 0x41));
    await playground.page.click(byId("tab-files"));
    await playground.page.chooseFile(byId("file-upload"), join(folder, "bytes.bin"));
    await playground.page.click(row("/bytes.bin"));
    await playground
      .until(() => textOf(playground, "file-content"), "what is no text is shown in hex")
      .toContain("00 01 02 41");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("hundreds of files, brought as a zip, are a list that scrolls, with only what is in sight in the document", async ({
  playground,
}) => {
  const { page } = playground;
  await page.setViewport(1280, 900);
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-upload-"));
  try {
    const names = Array.from({ length: 800 }, (_, index) => `log-${String(index).padStart(3, "0")}.txt`);
    const zip = zipSync(Object.fromEntries(names.map((name) => [name, strToU8(name)])));
    writeFileSync(join(folder, "logs.zip"), zip);
    await page.click(byId("tab-files"));
    await page.chooseFile(byId("file-upload"), join(folder, "logs.zip"));
    await playground.until(() => textOf(playground, "files"), "all are there").toContain("800 entries");
    const shown = () =>
      page.evaluate(() => {
        const tree = document.querySelector<HTMLElement>('[data-testid="file-tree"]')!;
        const rows = [...tree.querySelectorAll<HTMLElement>(".file-row")];
        return {
          isPart: rows.length < 200 && tree.clientHeight < 900,
          last: rows.at(-1)?.dataset.path,
        };
      });
    await playground.until(shown, "a part of them is shown").toMatchObject({ isPart: true });
    await page.click(row("/log-000.txt"));
    await page.press("End");
    await playground.until(shown, "it is at the end").toEqual({ isPart: true, last: "/log-799.txt" });
    await playground.until(() => fieldText(playground, "file-text"), "which is chosen").toBe("log-799.txt");
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.path);
    await playground.until(focused, "and has the focus").toBe("/log-799.txt");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function textOf({ page }: Playground, testId: string): Promise<string> {
  return page.evaluate((id) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? "", testId);
}

function fieldText({ page }: Playground, testId: string): Promise<string> {
  return page.evaluate(
    (id) => document.querySelector<HTMLTextAreaElement>(`[data-testid="${id}"]`)?.value ?? "",
    testId,
  );
}
