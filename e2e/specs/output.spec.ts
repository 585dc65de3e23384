import type { Runtime } from "@lunatic-web/runtime";
import { beforeAll, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import { buildLabPage, expectTicks, type LabPage, openLab, startRun, until } from "../src/openRuntime.ts";
import { PATIENCE_MS } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildLabPage();
});

test("an executor that has not opened a run yet answers that it holds no output of it", async ({ page }) => {
  await using server = await serveDirectory(site);
  await openLab(page, server.url, { executors: 1 });
  const answers = await page.evaluate(askEarly, 2, PATIENCE_MS);
  const nothing = { type: "output", environment: 99, chunks: [], answers: 7 };
  expect(answers).toEqual([nothing, nothing]);
});

const LINE_BYTES = 1_000;
/** What a window holds (executor/outputWindow.ts), and what one slice may write beyond it. */
const MOST_AHEAD = 2 ** 19 + 2 ** 21;

test("a process that prints for ever waits while the page does not take what it prints, and goes on when it does", async ({
  page,
}) => {
  await using server = await serveDirectory(site);
  await openLab(page, server.url, { executors: 2 });
  await startRun(page, "clock", await assembleGuest("clock"));
  await page.evaluate(startFlood, Buffer.from(await assembleGuest("printForEver")).toString("base64"), false);
  await until(page, () => (globalThis as unknown as FloodPage).flood.isWaiting);
  const before = await page.evaluate(() => (globalThis as unknown as FloodPage).flood.length);
  expect(before).toBeGreaterThan(LINE_BYTES);
  expect(before).toBeLessThan(MOST_AHEAD);
  await expectTicks(page);
  expect(await page.evaluate(() => (globalThis as unknown as FloodPage).flood.length)).toBeLessThan(
    MOST_AHEAD,
  );
  await page.evaluate(() => (globalThis as unknown as FloodPage).flood.open());
  await until(page, () => (globalThis as unknown as FloodPage).flood.length > 10 * 2 ** 20);
  await page.evaluate(() => (globalThis as unknown as FloodPage).flood.stop());
  expect(await page.evaluate(() => (globalThis as unknown as FloodPage).flood.isWhole())).toBe(true);
});

test("one that waits for the page can be killed, and its run ends", async ({ page }) => {
  await using server = await serveDirectory(site);
  await openLab(page, server.url, { executors: 1 });
  await page.evaluate(startFlood, Buffer.from(await assembleGuest("printForEver")).toString("base64"), false);
  await until(page, () => (globalThis as unknown as FloodPage).flood.isWaiting);
  expect(await page.evaluate(() => (globalThis as unknown as FloodPage).flood.kill())).toBe("failure");
});

interface FloodPage {
  flood: {
    length: number;
    /** A process has been seen waiting for the page. */
    isWaiting: boolean;
    /** Takes from now on what comes. */
    open(): void;
    kill(): Promise<string>;
    stop(): Promise<void>;
    /** Whether all that came is one line over and over. */
    isWhole(): boolean;
  };
}

/** Runs a guest whose output the page takes only when it is told to, as `globalThis.flood`. */
async function startFlood(base64: string, opened: boolean): Promise<void> {
  const OUTPUT = 11;
  const { lab } = globalThis as unknown as { lab: { runtime: Runtime } };
  const bytes = Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
  const gate = Promise.withResolvers<void>();
  if (opened) gate.resolve();
  let rest = "";
  let isWhole = true;
  const flood = { length: 0, isWaiting: false, open: gate.resolve } as FloodPage["flood"];
  (globalThis as unknown as FloodPage).flood = flood;
  const environment = await lab.runtime.run(await lab.runtime.compile(bytes), {
    inspect: {},
    onOutput: ({ text }) => {
      flood.length += text.length;
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      isWhole &&= lines.every((line) => line === "x".repeat(999));
      return gate.promise;
    },
  });
  flood.kill = async () => {
    await environment.kill(environment.rootPid);
    return (await environment.exited).reason;
  };
  flood.stop = () => environment.stop();
  flood.isWhole = () => isWhole;
  void (async () => {
    for await (const { events, snapshot } of environment.inspect()) {
      const waits = [
        ...events.map(({ value }) => value),
        ...(snapshot?.processes ?? []).map((one) => one.parkReason),
      ];
      flood.isWaiting ||= waits.includes(OUTPUT);
    }
  })();
}

/** Asks the executors of a new runtime, on the page's own ports to them, for the output of a run that is still to come. */
async function askEarly(executors: number, patienceMs: number): Promise<unknown[]> {
  const { lab } = globalThis as unknown as LabPage;
  const ports: MessagePort[] = [];
  const BrowserChannel = MessageChannel;
  globalThis.MessageChannel = class extends BrowserChannel {
    constructor() {
      super();
      ports.push(this.port1);
    }
  };
  const runtime = await lab.createRuntime({ executors });
  globalThis.MessageChannel = BrowserChannel;
  const answers: unknown[] = [];
  await new Promise<void>((resolve) => {
    // The first leads to the files; what is transferred to a worker takes no message from here.
    for (const port of ports.slice(1)) {
      port.addEventListener("message", ({ data }) => {
        answers.push(data);
        if (answers.length === executors) resolve();
      });
      port.postMessage({ type: "takeOutput", environment: 99, round: 7 });
    }
    setTimeout(resolve, patienceMs);
  });
  await runtime.close();
  return answers;
}
