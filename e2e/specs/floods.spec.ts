import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import { buildLabPage, expectTicks, type LabPage, openLab, startRun, until } from "../src/openRuntime.ts";
import { PATIENCE_MS, type Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildLabPage();
});

const PAGES = [
  ["one executor", true, 1],
  ["two executors with headers", true, 2],
  ["two executors without headers", false, 2],
] as const;

describe.for(PAGES)("on %s, beside an environment with a clock", ([, isolated, executors]) => {
  const inLab = test.extend("lab", async ({ page }, { onCleanup }) => {
    const server = await serveDirectory(site, { isolated });
    onCleanup(() => server[Symbol.asyncDispose]());
    await openLab(page, server.url, { executors, messageMemory: 400_000_000 });
    // A home on each executor: wherever the flood is, one of the clocks is there, too.
    for (let clock = 0; clock < executors; clock++) {
      await startRun(page, `clock${clock}`, await assembleGuest("clock"));
    }
    await until(page, () => {
      const { runs } = (globalThis as unknown as LabPage).lab;
      return Object.values(runs).every(({ stdout }) => stdout.startsWith("tick"));
    });
    return page;
  });

  inLab(
    "a process that sends for ever to one that never receives ends with its environment",
    async ({ lab }) => {
      await startRun(lab, "flood", await assembleGuest("floodForEver"));
      await expectTicksUntil(lab, async () => (await endOf(lab, "flood")) !== undefined);
      expect(await endOf(lab, "flood")).toMatch(
        /^failure: limit: .*(of them and does not take them|cannot keep up with them)/,
      );
      await expectTicks(lab);
      expect(await notices(lab, "flood")).toMatch(/The environment ends: messages that wait/);
    },
  );

  inLab("a process that makes configs for ever ends with its environment", async ({ lab }) => {
    await startRun(lab, "flood", await assembleGuest("configsForEver"));
    await expectTicksUntil(lab, async () => (await endOf(lab, "flood")) !== undefined);
    expect(await endOf(lab, "flood")).toMatch(/^failure: limit: .*process 1 has \d+ configs/);
    await expectTicks(lab);
  });

  inLab("a million messages to a sleeper are kept for it, in order", async ({ lab }) => {
    await startRun(lab, "million", await assembleGuest("millionMessages"));
    await expectTicksUntil(lab, async () => (await endOf(lab, "million")) !== undefined);
    expect(await endOf(lab, "million")).toBe("normal");
    expect(await stdout(lab, "million")).toBe("a million arrived\n");
  });

  inLab("a flood can be stopped before that", async ({ lab }) => {
    await startRun(lab, "flood", await assembleGuest("floodForEver"));
    await expectTicks(lab);
    await stop(lab, "flood");
    expect(await endOf(lab, "flood")).toBe("failure: killed");
    await expectTicks(lab);
  });

  inLab("a fork bomb slows no clock to a halt, and can be stopped", async ({ lab }) => {
    await startRun(lab, "bomb", await assembleGuest("forkBomb"));
    for (let round = 0; round < 5; round++) await expectTicks(lab);
    expect(await endOf(lab, "bomb")).toBeUndefined();
    await stop(lab, "bomb");
    expect(await endOf(lab, "bomb")).toBe("failure: killed");
    await expectTicks(lab);
  });
});

async function expectTicksUntil(page: Page, isOver: () => Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  do await expectTicks(page);
  while (!(await isOver()) && performance.now() - startMs < 3 * PATIENCE_MS);
}

function endOf(page: Page, name: string): Promise<string | undefined> {
  return page.evaluate((run) => (globalThis as unknown as LabPage).lab.runs[run]!.end, name);
}

function stdout(page: Page, name: string): Promise<string> {
  return page.evaluate((run) => (globalThis as unknown as LabPage).lab.runs[run]!.stdout, name);
}

async function notices(page: Page, name: string): Promise<string> {
  return (
    await page.evaluate((run) => (globalThis as unknown as LabPage).lab.runs[run]!.notices, name)
  ).join();
}

function stop(page: Page, name: string): Promise<void> {
  return page.evaluate((run) => (globalThis as unknown as LabPage).lab.runs[run]!.stop(), name);
}
