import { expect, inject } from "vitest";
import { test } from "../src/fixtures.ts";
import { PATIENCE_MS, type Page } from "../src/page.ts";

test.for([
  ["?", () => Reflect.deleteProperty(WebAssembly, "Suspending"), "JSPI"],
  ["?embed=both", () => Reflect.deleteProperty(globalThis, "WebAssembly"), "WebAssembly"],
  ["?", () => Reflect.deleteProperty(globalThis, "Worker"), "web workers"],
] as const)(
  "a browser that lacks something is told what, and which browsers have it, before anything is loaded: %s",
  async ([search, remove, missing], { page }) => {
    await page.beforeScripts(remove as () => void);
    await page.goto(`${inject("playgroundUrl")}${search}`);
    await expect.poll(() => textOf(page), { timeout: PATIENCE_MS }).toContain(missing);
    expect(await textOf(page)).toContain("Firefox 153");
    const scripts = () => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"));
    expect(await page.evaluate(scripts)).toEqual([]);
  },
);

function textOf(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector('[data-testid="unsupported"]')?.textContent ?? "");
}
