import { expect } from "vitest";
import { PATIENCE_MS, type Page } from "./page.ts";
import { serveDirectory } from "./server.ts";

/**
 * Serves a built site for one test, loads it in the test's tab and waits until its script has said that it is ready.
 * @param isolated   as serveDirectory
 * @param onCleanup  of the fixture that opens it
 */
export async function openSite(
  page: Page,
  site: string,
  isolated: boolean,
  onCleanup: (cleanUp: () => PromiseLike<void>) => void,
): Promise<void> {
  const server = await serveDirectory(site, { isolated });
  onCleanup(() => server[Symbol.asyncDispose]());
  await page.goto(server.url);
  await expect
    .poll(() => page.evaluate(() => "ready" in document.documentElement.dataset), { timeout: PATIENCE_MS })
    .toBe(true);
}
