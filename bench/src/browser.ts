import { type BrowserName, findBrowser } from "@lunatic-web/e2e/browsers";
import puppeteer from "puppeteer-core";
import type { Json } from "./question.ts";
import { residentBytes } from "./residentMemory.ts";

/** A page that stays open. */
export interface OpenPage {
  /** Errors that it did not handle, and what it or its workers wrote to the console as errors. */
  readonly errors: string[];
  /** Evaluates an expression and waits for what it resolves to. */
  call(expression: string): Promise<Json>;
}

/**
 * Where a page stores. What Chromium stores for a private window lies in the memory of its browser process, to which each
 * read and write of OPFS is a call: 64 MiB took 240 ms to write there, and 55 to write and flush in the profile.
 */
export type PageStorage = "private" | "profile";

/** A headless browser that measures in one page at a time. */
export interface Browser {
  readonly name: BrowserName;
  readonly version: string;
  /**
   * Opens a page with a renderer of its own, calls its `measure` and closes it.
   * @param storage that of a private window made for it (the default), or the profile's
   * @throws Error when the page fails or does not answer within five minutes
   */
  measure(url: string, request: Json, storage?: PageStorage): Promise<Json>;
  /** Opens a page with a renderer and storage of its own. */
  open(url: string): Promise<OpenPage>;
  /** Resident memory of all processes that run pages, bytes. */
  residentBytes(): number;
  close(): Promise<void>;
}

const PATIENCE_MS = 300_000;

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launchBrowser(name: BrowserName): Promise<Browser> {
  const browser = await puppeteer.launch({
    browser: name === "firefox" ? "firefox" : "chrome",
    executablePath: findBrowser(name).path,
    headless: true,
    args: name === "chromium" ? CHROMIUM_FLAGS : [],
    protocolTimeout: PATIENCE_MS,
  });
  return {
    name,
    version: await browser.version(),
    async measure(url, request, storage = "private") {
      const context = storage === "private" ? await browser.createBrowserContext() : undefined;
      const page = await (context ?? browser).newPage();
      try {
        const errors: string[] = [];
        page.on("pageerror", (error) => errors.push(error instanceof Error ? error.message : String(error)));
        await page.goto(url, { waitUntil: "load" });
        const call = `globalThis.measure?.(${JSON.stringify(request)})`;
        const answer = await page.evaluate(call).catch((error: unknown) => {
          errors.push(String(error));
        });
        if (errors.length > 0) throw new Error(`The page failed: ${errors.join("; ")}`);
        return answer as Json;
      } finally {
        await (context ?? page).close();
      }
    },
    async open(url) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error instanceof Error ? error.message : String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      await page.goto(url, { waitUntil: "load" });
      return {
        errors,
        call: async (expression) => (await page.evaluate(expression)) as Json,
      };
    },
    residentBytes: () => residentBytes(name, browser.process()!.pid!),
    close: () => browser.close(),
  };
}
