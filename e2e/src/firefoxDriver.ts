import puppeteer, {
  type BrowserContext,
  type ElementHandle,
  type KeyInput,
  type Page as PuppeteerPage,
} from "puppeteer-core";
import { findBrowser } from "./browsers.mjs";
import { type Browser, type BrowserOptions, callSource, type Json, PATIENCE_MS, type Page } from "./page.ts";

/** Headless Firefox, driven over WebDriver BiDi by Puppeteer: Playwright drives only a Firefox of its own making. */
export async function launchFirefox({ storageLimitBytes }: BrowserOptions): Promise<Browser> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: findBrowser("firefox").path,
    headless: true,
    // Of all sites together, KiB; what one site gets of it is at least 10 MiB.
    extraPrefsFirefox:
      storageLimitBytes === undefined
        ? {}
        : { "dom.quotaManager.temporaryStorage.fixedLimit": storageLimitBytes / 1024 },
    protocolTimeout: PATIENCE_MS * 4,
  });
  return {
    async openPage() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      return new FirefoxPage(context, page);
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

class FirefoxPage implements Page, AsyncDisposable {
  readonly errors: string[] = [];
  readonly hidesTabs = true;
  readonly #context: BrowserContext;
  readonly #page: PuppeteerPage;

  readonly #owns: "context" | "tab";

  constructor(context: BrowserContext, page: PuppeteerPage, owns: "context" | "tab" = "context") {
    this.#context = context;
    this.#page = page;
    this.#owns = owns;
    page.on("pageerror", (error) => {
      this.errors.push(
        `uncaught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    });
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(`console: ${message.text()}`);
    });
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url, { waitUntil: "load" });
  }

  async evaluate<Args extends Json[], Result>(
    body: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return (await this.#page.evaluate(callSource(body, args))) as Result;
  }

  async beforeScripts(body: () => void): Promise<void> {
    await this.#page.evaluateOnNewDocument(body);
  }

  async click(selector: string): Promise<void> {
    await this.#page.locator(selector).click();
  }

  async select(selector: string, value: string): Promise<void> {
    await this.#page.waitForSelector(selector);
    await this.#page.select(selector, value);
  }

  async fill(selector: string, text: string): Promise<void> {
    await this.#page.locator(selector).fill(text);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(keys: string): Promise<void> {
    const names = keys.split("+") as KeyInput[];
    const key = names.pop()!;
    for (const modifier of names) await this.#page.keyboard.down(modifier);
    await this.#page.keyboard.press(key);
    for (const modifier of names.reverse()) await this.#page.keyboard.up(modifier);
  }

  async chooseFile(selector: string, path: string): Promise<void> {
    const input = (await this.#page.waitForSelector(selector)) as ElementHandle<HTMLInputElement> | null;
    if (!input) throw new Error(`Nothing matches ${selector}`);
    await input.uploadFile(path);
  }

  workerCount(): number {
    return this.#page.workers().length;
  }

  async setViewport(width: number, height: number): Promise<void> {
    await this.#page.setViewport({ width, height });
  }

  async whileHidden(action: () => Promise<void>): Promise<void> {
    const front = await this.#context.newPage();
    await front.bringToFront();
    await action();
    await front.close();
    await this.#page.bringToFront();
  }

  async screenshot(path: string): Promise<void> {
    await this.#page.screenshot({ path: path as `${string}.png` });
  }

  async openTab(): Promise<Page & AsyncDisposable> {
    const page = await this.#context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return new FirefoxPage(this.#context, page, "tab");
  }

  async kill(): Promise<void> {
    await this.#page.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#owns === "context") await this.#context.close();
    else if (!this.#page.isClosed()) await this.#page.close();
  }
}
