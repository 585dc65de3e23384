import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDeferred } from "../deferred.ts";
import { type OsProcess, readOsProcess } from "./ancestors.ts";
import { type HostOptions, hostBrowser } from "./browserHost.ts";
import type { LaunchedBrowser } from "./launchBrowser.ts";
import { openTabAt } from "./sharedBrowser.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "host-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A browser that only counts its tabs. */
class CountingBrowser implements LaunchedBrowser {
  readonly opened: string[] = [];
  readonly closed: string[] = [];
  readonly #gone = createDeferred<void>();
  readonly gone = this.#gone.promise;
  readonly tabGone = createDeferred<string>();
  isClosed = false;

  async openTab(url: string) {
    this.opened.push(url);
    return {
      gone: this.tabGone.promise,
      close: async () => {
        this.closed.push(url);
      },
    };
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  die(): void {
    this.#gone.resolve();
  }
}

function start(browser: LaunchedBrowser, options: Partial<HostOptions> = {}) {
  const socketPath = join(folder, "host.sock");
  const owner = readOsProcess(process.pid) as OsProcess;
  const interruption = new AbortController();
  const over = hostBrowser({
    socketPath,
    owner,
    launch: async () => browser,
    interrupt: interruption.signal,
    ...options,
  });
  const listening = vi.waitFor(() => expect(existsSync(socketPath)).toBe(true));
  return { over, listening, socketPath, interrupt: () => interruption.abort() };
}

test("each command line opens a tab in the same browser, which goes with its connection", async () => {
  const browser = new CountingBrowser();
  const { over, listening, socketPath, interrupt } = start(browser);
  await listening;
  const first = await openTabAt(socketPath, "http://one/");
  const second = await openTabAt(socketPath, "http://two/");
  expect(browser.opened).toEqual(["http://one/", "http://two/"]);
  await first!.close();
  await vi.waitFor(() => expect(browser.closed).toEqual(["http://one/"]));
  interrupt();
  await over;
  expect(browser.isClosed).toBe(true);
  expect(await second!.gone).toBe("its process ended");
});

test("a tab that crashes is told to its command line", async () => {
  const browser = new CountingBrowser();
  const { over, listening, socketPath, interrupt } = start(browser);
  await listening;
  const tab = await openTabAt(socketPath, "http://one/");
  browser.tabGone.resolve("its tab crashed");
  expect(await tab!.gone).toBe("its tab crashed");
  interrupt();
  await over;
});

test("the host ends when nobody has come for a while, and closes the browser", async () => {
  const browser = new CountingBrowser();
  await start(browser, { idleMs: 1 }).over;
  expect(browser.isClosed).toBe(true);
});

test("the host ends with the process it serves", async () => {
  const browser = new CountingBrowser();
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  const { over, listening, socketPath } = start(browser, { owner: readOsProcess(child.pid!) as OsProcess });
  await listening;
  const tab = await openTabAt(socketPath, "http://one/");
  child.kill();
  await once(child, "exit");
  await over;
  expect(browser.isClosed).toBe(true);
  expect(await tab!.gone).toBe("its process ended");
});

test("the host ends with its browser", async () => {
  const browser = new CountingBrowser();
  const { over, listening } = start(browser);
  await listening;
  browser.die();
  await over;
});

test("of two hosts only one serves, and the other starts no browser", async () => {
  const browser = new CountingBrowser();
  const { listening, socketPath, over, interrupt } = start(browser);
  await listening;
  const launch = vi.fn();
  await expect(start(browser, { socketPath, launch }).over).rejects.toThrow("EADDRINUSE");
  expect(launch).not.toHaveBeenCalled();
  interrupt();
  await over;
});

test("where no host listens, no tab is opened", async () => {
  expect(await openTabAt(join(folder, "nobody.sock"), "http://one/")).toBeUndefined();
});

test("a browser that does not start is told to whoever asked for a tab", async () => {
  const launch = async (): Promise<LaunchedBrowser> => {
    throw new Error("chromium does not start");
  };
  const { over, listening, socketPath } = start(new CountingBrowser(), { launch });
  const ended = expect(over).rejects.toThrow("does not start");
  await listening;
  await ended;
  expect(await openTabAt(socketPath, "http://one/")).toBeUndefined();
});
