import type { ChildProcess } from "node:child_process";
import type { Browser as PuppeteerBrowser } from "puppeteer-core";
import { createDeferred } from "../deferred.ts";
import { CommandError, ExitStatus, errorText } from "../errors.ts";
import type { Tab } from "../session/pageSession.ts";
import { CHROMIUM_FLAGS } from "./browserFlags.ts";
import { createProfile } from "./browserProfile.ts";
import type { FoundBrowser } from "./findBrowser.mjs";
import { killGroup } from "./processGroup.ts";

/** A browser of our own for many tabs, with a profile of its own that goes with it. */
export interface LaunchedBrowser {
  openTab(url: string): Promise<Tab>;
  /** Resolves when its process is gone, however that came. */
  readonly gone: Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly found: FoundBrowser;
  readonly isHeaded: boolean;
}

/** A browser that has not started by then is stuck. */
const START_PATIENCE_MS = 60_000;

/**
 * Puppeteer drives both: Chromium over CDP on a pipe, and Firefox over WebDriver BiDi.
 * @throws CommandError it does not start
 */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const { found, isHeaded } = options;
  const { name, path, version } = found;
  // Loading it takes longer than the rest of us; a command line that shares a browser does without.
  const { default: puppeteer } = await import("puppeteer-core");
  const profile = createProfile();
  let browser: PuppeteerBrowser;
  try {
    browser = await puppeteer.launch({
      browser: name === "firefox" ? "firefox" : "chrome",
      executablePath: path,
      headless: !isHeaded,
      args: name === "chromium" ? CHROMIUM_FLAGS : [],
      userDataDir: profile.path,
      pipe: name === "chromium",
      timeout: START_PATIENCE_MS,
      // Who is told to end decides what ends first: a run writes its files back before its browser goes.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    await profile.remove();
    throw new CommandError(
      `${name} ${version} (${path}) does not start: ${firstLine(errorText(error))}. Try the other one with --browser`,
      ExitStatus.browser,
    );
  }
  const child = browser.process();
  const gone = new Promise<void>((resolve) => {
    browser.once("disconnected", () => resolve());
    child?.once("exit", () => resolve());
  });
  let closing: Promise<void> | undefined;
  return {
    openTab: (url) => openTab(browser, url, gone),
    gone,
    close: () => {
      closing ??= closeBrowser(browser, child).then(() => profile.remove());
      return closing;
    },
  };
}

async function openTab(browser: PuppeteerBrowser, url: string, browserGone: Promise<void>): Promise<Tab> {
  const page = await browser.newPage();
  const goneAway = createDeferred<string>();
  let isClosing = false;
  const lose = (reason: string) => {
    if (!isClosing) goneAway.resolve(reason);
  };
  // In Chromium a crashed tab says "error" and stays; in Firefox it closes.
  page.on("error", (error) => lose(`its tab crashed (${firstLine(error.message)})`));
  page.on("close", () => lose("its tab was closed"));
  void browserGone.then(() => lose("its process ended"));
  // Not awaited to the end: the page says itself when it is there.
  page.goto(url, { waitUntil: "domcontentloaded" }).catch((error: unknown) => {
    lose(`it cannot load ${new URL(url).origin} (${firstLine(errorText(error))})`);
  });
  return {
    gone: goneAway.promise,
    async close() {
      isClosing = true;
      // A crashed tab or browser has nothing left to close.
      await page.close({ runBeforeUnload: false }).catch(() => {});
    },
  };
}

/** Puppeteer starts a browser as the leader of a process group of its own, except on Windows. */
async function closeBrowser(browser: PuppeteerBrowser, child: ChildProcess | null): Promise<void> {
  if (child === null || process.platform === "win32") {
    // It may have died already, which is what is wanted.
    await browser.close().catch(() => child?.kill("SIGKILL"));
    return;
  }
  await killGroup(child);
  await browser.disconnect().catch(() => {});
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
