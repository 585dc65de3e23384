import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BrowserContext,
  chromium,
  type LaunchOptions,
  type Page as PlaywrightPage,
} from "playwright-core";
import { findBrowser } from "./browsers.mjs";
import { type Browser, type BrowserOptions, callSource, type Json, PATIENCE_MS, type Page } from "./page.ts";

/** Headless Chromium, driven by Playwright. */
export async function launchChromium({ storageLimitBytes }: BrowserOptions): Promise<Browser> {
  const options = {
    executablePath: findBrowser("chromium").path,
    // Chromium's sandbox needs user namespaces that containers withhold, and refuses to run for root at all.
    chromiumSandbox: false,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
  if (storageLimitBytes !== undefined) return new LimitedChromium(options, storageLimitBytes);
  const browser = await chromium.launch(options);
  return {
    async openPage() {
      const context = await browser.newContext();
      context.setDefaultTimeout(PATIENCE_MS);
      return new ChromiumPage(context, await context.newPage());
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/**
 * A browser for each page, with a profile on the disk: Chromium ignores the limit in private contexts, which the pages of
 * one browser have otherwise.
 */
class LimitedChromium implements Browser {
  readonly #options: LaunchOptions;
  readonly #limitBytes: number;
  readonly #profiles: string[] = [];

  constructor(options: LaunchOptions, limitBytes: number) {
    this.#options = options;
    this.#limitBytes = limitBytes;
  }

  async openPage(): Promise<Page & AsyncDisposable> {
    const profile = await mkdtemp(join(tmpdir(), "lunatic-web-profile-"));
    this.#profiles.push(profile);
    const context = await chromium.launchPersistentContext(profile, this.#options);
    context.setDefaultTimeout(PATIENCE_MS);
    return new ChromiumPage(context, context.pages()[0]!, "context", this.#limitBytes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const profile of this.#profiles) {
      // Its last processes may still write there for a moment.
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }
}

class ChromiumPage implements Page, AsyncDisposable {
  readonly errors: string[] = [];
  readonly hidesTabs = false;
  readonly #context: BrowserContext;
  readonly #page: PlaywrightPage;

  readonly #owns: "context" | "tab";
  readonly #storageLimitBytes: number | undefined;
  #isKilled = false;

  constructor(
    context: BrowserContext,
    page: PlaywrightPage,
    owns: "context" | "tab" = "context",
    storageLimitBytes?: number,
  ) {
    this.#storageLimitBytes = storageLimitBytes;
    this.#context = context;
    this.#page = page;
    this.#owns = owns;
    page.on("pageerror", (error) => this.errors.push(`uncaught: ${error.stack ?? error.message}`));
    page.on("crash", () => {
      if (!this.#isKilled) this.errors.push("the tab crashed");
    });
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(`console: ${message.text()}`);
    });
  }

  async goto(url: string): Promise<void> {
    if (this.#storageLimitBytes !== undefined && url.startsWith("http")) {
      // Holds as long as the session does, which ends with the page.
      const session = await this.#context.newCDPSession(this.#page);
      const { origin } = new URL(url);
      await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: this.#storageLimitBytes });
    }
    await this.#page.goto(url, { waitUntil: "load" });
  }

  async evaluate<Args extends Json[], Result>(
    body: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return await this.#page.evaluate<Result>(callSource(body, args));
  }

  async beforeScripts(body: () => void): Promise<void> {
    await this.#page.addInitScript(`(${body})()`);
  }

  async click(selector: string): Promise<void> {
    await this.#page.click(selector);
  }

  async select(selector: string, value: string): Promise<void> {
    await this.#page.selectOption(selector, value);
  }

  async fill(selector: string, text: string): Promise<void> {
    await this.#page.fill(selector, text);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(keys: string): Promise<void> {
    await this.#page.keyboard.press(keys);
  }

  async chooseFile(selector: string, path: string): Promise<void> {
    await this.#page.setInputFiles(selector, path);
  }

  workerCount(): number {
    return this.#page.workers().length;
  }

  async setViewport(width: number, height: number): Promise<void> {
    await this.#page.setViewportSize({ width, height });
  }

  async whileHidden(action: () => Promise<void>): Promise<void> {
    const session = await this.#context.newCDPSession(this.#page);
    // Playwright lets every tab believe that it is in front.
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
    const front = await this.#context.newPage();
    await front.bringToFront();
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await action();
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await session.detach();
    await front.close();
    await this.#page.bringToFront();
  }

  async screenshot(path: string): Promise<void> {
    await this.#page.screenshot({ path });
  }

  async openTab(): Promise<Page & AsyncDisposable> {
    return new ChromiumPage(this.#context, await this.#context.newPage(), "tab");
  }

  async kill(): Promise<void> {
    this.#isKilled = true;
    const session = await this.#context.newCDPSession(this.#page);
    const crashed = this.#page.waitForEvent("crash");
    // Nobody is left to answer it.
    session.send("Page.crash").catch(() => undefined);
    await crashed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (this.#owns === "context" ? this.#context : this.#page).close();
  }
}
