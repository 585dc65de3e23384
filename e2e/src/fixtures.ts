import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect, inject } from "vitest";
import { launchChromium } from "./chromiumDriver.ts";
import { launchFirefox } from "./firefoxDriver.ts";
import type { Browser, BrowserOptions, Page } from "./page.ts";
import { Playground } from "./playground.ts";

const LAUNCH = { chromium: launchChromium, firefox: launchFirefox };

/** A browser of the kind the Vitest project names. */
export function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  return LAUNCH[inject("browser")](options);
}

/**
 * Specs with a browser: one per file of specs, of the kind the Vitest project names. Each test has a tab of its own
 * with storage of its own; what the tab did not catch fails the test, even where the spec looks elsewhere. A failed
 * test leaves a picture of its tab in test-results/.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
  .extend("browser", { scope: "file" }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser[Symbol.asyncDispose]());
    return browser;
  })
  .extend("page", async ({ browser, task, onTestFinished }): Promise<Page> => {
    const page = await browser.openPage();
    // Not the fixture's own clean-up: Vitest 4.1 keeps one that threw, and runs it again after the second try.
    onTestFinished(async () => {
      if (task.result?.state === "fail") await page.screenshot(picturePath(task.name));
      await page[Symbol.asyncDispose]();
      expect(page.errors, "errors that the page did not handle").toEqual([]);
    });
    return page;
  })
  .extend("playground", async ({ page }) => {
    const playground = new Playground(page);
    await playground.open();
    return playground;
  });

function picturePath(testName: string): string {
  const folder = join(import.meta.dirname, "../../test-results");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${inject("browser")} ${testName.replace(/[^\w]+/g, " ").slice(0, 100)}.png`);
}
