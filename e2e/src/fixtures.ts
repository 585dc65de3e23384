import { test as base, expect, inject } from "vitest";
import { launchChromium } from "./chromiumDriver.ts";
import { launchFirefox } from "./firefoxDriver.ts";
import type { Page } from "./page.ts";
import { Playground } from "./playground.ts";

const LAUNCH = { chromium: launchChromium, firefox: launchFirefox };

/**
 * Specs with a browser: one per file of specs, of the kind the Vitest project names. Each test has a tab of its own
 * with storage of its own; what the tab did not catch fails the test, even where the spec looks elsewhere.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
  .extend("browser", { scope: "file" }, async ({}, { onCleanup }) => {
    const browser = await LAUNCH[inject("browser")]();
    onCleanup(() => browser[Symbol.asyncDispose]());
    return browser;
  })
  .extend("page", async ({ browser }, { onCleanup }): Promise<Page> => {
    const page = await browser.openPage();
    onCleanup(async () => {
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
