import { readFileSync } from "node:fs";
import type { LunaticModule, RunningEnvironment, Runtime } from "@lunatic-web/runtime";
import type { EventKind, PaceCode, SystemModel } from "@lunatic-web/runtime/inspect";
import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import { findGuest } from "../src/guests.ts";
import { openSite } from "../src/openSite.ts";
import { buildPacePage } from "../src/pacePage.ts";
import type { Page } from "../src/page.ts";

/** What the page of src/pacePage.ts offers. */
interface Offered {
  /** A runtime of so many executors, closed afterwards, with one module. */
  withModule<T>(
    base64: string,
    executors: number,
    use: (runtime: Runtime, module: LunaticModule) => Promise<T>,
  ): Promise<T>;
  readonly EventKind: typeof EventKind;
  readonly PaceCode: typeof PaceCode;
  readonly SystemModel: typeof SystemModel;
}
declare const lunaticWeb: Offered;

let sites: string;
beforeAll(async () => {
  sites = await buildPacePage();
});

const test = base.extend("open", async ({ page }, { onCleanup }) => {
  return async (isolated: boolean): Promise<Page> => {
    await openSite(page, sites, isolated, onCleanup);
    return page;
  };
});

async function base64Of(guest: string): Promise<string> {
  const wasm = guest.endsWith(".wat")
    ? await assembleGuest(guest.slice(0, -".wat".length))
    : readFileSync(findGuest(guest).path);
  return Buffer.from(wasm).toString("base64");
}

const MODES = [
  { executors: 1, isolated: true },
  { executors: 2, isolated: true },
  { executors: 2, isolated: false },
];

describe.for(MODES)("with %o", ({ executors, isolated }) => {
  test("a paused environment stands still and others go on; resumed, it goes on where it was", async ({
    open,
  }) => {
    const page = await open(isolated);
    const result = await page.evaluate(
      (base64: string, workers: number) =>
        lunaticWeb.withModule(base64, workers, async (runtime, module) => {
          const ticks = [0, 0];
          let wake = (): void => {};
          const start = (which: number): Promise<RunningEnvironment> =>
            runtime.run(module, {
              onOutput: ({ text }) => {
                ticks[which]! += text.split("\n").length - 1;
                wake();
              },
            });
          const until = async (which: number, count: number): Promise<void> => {
            while (ticks[which]! < count) await new Promise<void>((resolve) => (wake = resolve));
          };
          const [watched, other] = [await start(0), await start(1)];
          await until(0, 2);
          await watched.pause();
          // What was printed before the pause may still be on its way, while the other one ticks some times.
          let atPause = -1;
          for (let round = 0; round < 10 && ticks[0] !== atPause; round++) {
            atPause = ticks[0]!;
            await until(1, ticks[1]! + 10);
          }
          const stoodStill = ticks[0] === atPause;
          await watched.resume();
          await until(0, atPause + 3);
          await Promise.all([watched.stop(), other.stop()]);
          return stoodStill;
        }),
      await base64Of("clockBesideLoop.wat"),
      executors,
    );
    expect(result).toBe(true);
  });

  test("a program can be stepped from its first instruction to its end, message by message", async ({
    open,
  }) => {
    const page = await open(isolated);
    const result = await page.evaluate(
      (base64: string, workers: number) =>
        lunaticWeb.withModule(base64, workers, async (runtime, module) => {
          let stdout = "";
          const environment = await runtime.run(module, {
            prepare: (unstarted) => unstarted.pause(),
            onOutput: ({ text }) => {
              stdout += text;
            },
          });
          const first = await environment.step();
          const outcomes: string[] = [];
          let steps = 0;
          let silent = 0;
          while (outcomes.at(-1) !== "ended" && steps < 10_000) {
            const report = await environment.step("message");
            steps++;
            if (report.outcome === "stepped" && !report.sawMessage) silent++;
            if (outcomes.at(-1) !== report.outcome) outcomes.push(report.outcome);
          }
          const { cause } = await environment.exited;
          return {
            first: { ...first, pid: first.pid ?? 0 },
            outcomes,
            steps,
            silent,
            stdout,
            cause: cause.type,
          };
        }),
      await base64Of("counter"),
      executors,
    );
    expect(result).toMatchObject({
      first: { outcome: "stepped", slices: 1, pid: 1 },
      outcomes: ["stepped", "ended"],
      silent: 0,
      cause: "returned",
    });
    expect(result.steps).toBeGreaterThan(10);
    expect(result.stdout.trimEnd().split("\n")).toEqual(findGuest("counter").expected.stdout.lines);
  });

  test("a step jumps over waits: timers of a paused program come due one after the other", async ({
    open,
  }) => {
    const page = await open(isolated);
    const stdout = await page.evaluate(
      (base64: string, workers: number) =>
        lunaticWeb.withModule(base64, workers, async (runtime, module) => {
          let text = "";
          const environment = await runtime.run(module, {
            args: ["3600", "3", "5"],
            prepare: (unstarted) => unstarted.pause(),
            onOutput: (output) => {
              if (output.stream === "stdout") text += output.text;
            },
          });
          while (!text.includes("second 20:")) await environment.step({ slices: 200 });
          await environment.stop();
          return text;
        }),
      await base64Of("bank"),
      executors,
    );
    expect(stdout).toContain("second 20: 15 accounts hold 15000\n");
  });

  test("an endless loop is paused, stepped and killed; views are told", async ({ open }) => {
    const page = await open(isolated);
    const result = await page.evaluate(
      (base64: string, workers: number) =>
        lunaticWeb.withModule(base64, workers, async (runtime, module) => {
          const environment = await runtime.run(module, { inspect: {} });
          const model = new lunaticWeb.SystemModel();
          const paces: number[] = [];
          const watching = (async () => {
            for await (const batch of environment.inspect()) {
              model.apply(batch);
              for (const event of batch.events) {
                if (event.kind === lunaticWeb.EventKind.Pace) paces.push(event.value, event.other);
              }
            }
          })();
          await environment.pause();
          const step = await environment.step({ slices: 2 });
          let late = "";
          for await (const { snapshot } of environment.inspect()) {
            if (!snapshot) continue;
            late = `${snapshot.pace?.state} with ${snapshot.processes.length}`;
            if (snapshot.processes.length > 0) break;
          }
          await environment.setSpeed(20);
          await environment.resume();
          await environment.setSpeed(undefined);
          await environment.pause();
          const found = await environment.kill(environment.rootPid);
          const { cause } = await environment.exited;
          await watching;
          const after = await environment.pause().catch((error: Error) => error.name);
          return {
            step: { ...step, pid: step.pid ?? 0 },
            late,
            paces,
            found,
            cause: cause.type,
            after: String(after),
          };
        }),
      await base64Of("spin"),
      executors,
    );
    expect(result).toEqual({
      step: { outcome: "stepped", slices: 2, pid: 1, sawMessage: false },
      late: "paused with 1",
      // Paused; 20 slices a second; freely; paused.
      paces: [2, 0, 3, 20, 1, 0, 2, 0],
      found: true,
      cause: "killed",
      after: "ProcessEndedError",
    });
  });

  test("slow motion goes on, one slice after the other, until the speed is set free", async ({ open }) => {
    const page = await open(isolated);
    const result = await page.evaluate(
      (base64: string, workers: number) =>
        lunaticWeb.withModule(base64, workers, async (runtime, module) => {
          let stdout = "";
          const environment = await runtime.run(module, {
            args: ["300"],
            inspect: { kinds: [lunaticWeb.EventKind.MessageSent] },
            prepare: (unstarted) => unstarted.setSpeed(200),
            onOutput: ({ text }) => {
              stdout += text;
            },
          });
          let sent = 0;
          for await (const { events } of environment.inspect()) {
            if (sent < 10 && sent + events.length >= 10) await environment.setSpeed(undefined);
            sent += events.length;
          }
          const { reason } = await environment.exited;
          return { reason, stdout };
        }),
      await base64Of("ping_pong"),
      executors,
    );
    expect(result.reason).toBe("normal");
    expect(result.stdout).toContain("game over after 300 rallies");
  });
});

test("what is no step and no speed is refused before anything happens", async ({ open }) => {
  const page = await open(true);
  const errors = await page.evaluate(
    (base64: string) =>
      lunaticWeb.withModule(base64, 1, async (runtime, module) => {
        const environment = await runtime.run(module);
        const nameOf = (error: Error): string => error.name;
        const names = [
          await environment.step({ slices: 0 }).catch(nameOf),
          await environment.setSpeed(-1).catch(nameOf),
          await runtime.run(module, { deterministic: { seed: 0.5 } }).catch(nameOf),
        ];
        await environment.stop();
        return names.map(String);
      }),
    await base64Of("spin"),
  );
  expect(errors).toEqual(["RangeError", "RangeError", "RangeError"]);
});
