import { beforeAll, expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { buildLabPage, type LabPage, openLab } from "../src/openRuntime.ts";
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
    for (const port of ports) {
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
