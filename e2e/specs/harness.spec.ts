import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { PATIENCE_MS } from "../src/page.ts";
import { type StaticServer, serveDirectory } from "../src/server.ts";

/** The specs are worth what the drivers see; these show that both see the same of a page that has everything. */
const patience = { timeout: PATIENCE_MS };

let isolated: StaticServer;
let plain: StaticServer;
beforeAll(async () => {
  const site = join(import.meta.dirname, "../fixtures/site");
  isolated = await serveDirectory(site);
  plain = await serveDirectory(site, { isolated: false });
});
afterAll(async () => {
  await isolated[Symbol.asyncDispose]();
  await plain[Symbol.asyncDispose]();
});

test("clicks and choices arrive as a person's do", async ({ page }) => {
  await page.goto(isolated.url);
  await page.click("#count");
  await page.click("#count");
  await page.select("#fruit", "pear");
  expect(await page.evaluate(readText, "count")).toBe("2");
  expect(await page.evaluate(readText, "chosen")).toBe("pear");
});

test("text is put in place of what an input held", async ({ page }) => {
  await page.goto(isolated.url);
  await page.fill("#text", "one");
  await page.fill("#text", "two words");
  expect(await page.evaluate(readText, "typed")).toBe("two words");
});

test("a file reaches the page, chosen through its input", async ({ page }) => {
  await page.goto(isolated.url);
  await page.chooseFile("#file", import.meta.filename);
  await expect.poll(() => page.evaluate(readText, "chosen"), patience).toBe("harness.spec.ts");
});

test("the server decides whether a page is cross-origin isolated", async ({ page }) => {
  await page.goto(isolated.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.goto(plain.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
});

test("workers are counted while they live, those of workers too", async ({ page }) => {
  await page.goto(isolated.url);
  expect(page.workerCount()).toBe(0);
  await page.click("#start-workers");
  await expect.poll(() => page.workerCount(), patience).toBe(2);
  await page.click("#end-workers");
  await expect.poll(() => page.workerCount(), patience).toBe(0);
});

test.for([
  ["#throw", "the page fails"],
  ["#reject", "nobody listens"],
  ["#log-error", "the page complains"],
  ["#throw-in-worker", "the worker fails"],
  ["#throw-in-inner-worker", "the inner worker fails"],
] as const)("no error goes unseen: %s", async ([button, text], { browser }) => {
  // Not the fixture's page, which fails its test for the very errors that are wanted here.
  await using page = await browser.openPage();
  await page.goto(isolated.url);
  await page.click("#start-workers");
  await expect.poll(() => page.workerCount(), patience).toBe(2);
  expect(page.errors).toEqual([]);
  await page.click(button);
  await expect.poll(() => page.errors.join("\n"), patience).toContain(text);
});

test("two pages share no storage", async ({ page, browser }) => {
  await page.goto(isolated.url);
  await page.evaluate(() => localStorage.setItem("key", "value"));
  await using other = await browser.openPage();
  await other.goto(isolated.url);
  expect(await other.evaluate(() => localStorage.getItem("key"))).toBe(null);
});

function readText(id: string): string | undefined {
  return document.getElementById(id)?.textContent;
}
