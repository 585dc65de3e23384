import { buildPage, scriptPage } from "./buildPage.ts";
import type { Page } from "./page.ts";

/**
 * Builds a page that offers the runtime to the functions that a spec evaluates in it.
 * @returns the folder with the built site
 */
export function buildPacePage(): Promise<string> {
  return buildPage("pace", { "index.html": PAGE, "main.ts": SCRIPT });
}

export interface DeterministicRun {
  readonly seed: number;
  readonly sliceFuel?: number;
  readonly epochMs?: number;
}

export interface Comparison {
  /** Records that were compared. */
  readonly events: number;
  readonly dropped: number;
  /** Where two runs differ first; undefined: nowhere. */
  readonly difference: string | undefined;
  /** Of the first run. */
  readonly stdout: string;
  readonly spawned: number;
}

export interface ComparisonOptions {
  readonly args: readonly string[];
  readonly runs: readonly [DeterministicRun, DeterministicRun];
  /** Stop each run after so many records; only those are compared. For programs that do not end. */
  readonly stopAfter?: number;
  /** Pause and resume the second run now and then, at moments of the clock on the wall. */
  readonly pauseSecond?: boolean;
  readonly executors?: number;
}

/** Runs a module twice, each time in a runtime of its own, and compares the inspection records. */
export function compareRuns(page: Page, wasm: Uint8Array, options: ComparisonOptions): Promise<Comparison> {
  const call = (base64: string, text: string): Promise<Comparison> => {
    const { compareRuns: compare } = globalThis as unknown as {
      compareRuns: (base64: string, options: unknown) => Promise<Comparison>;
    };
    return compare(base64, JSON.parse(text));
  };
  return page.evaluate(call, Buffer.from(wasm).toString("base64"), JSON.stringify(options));
}

const PAGE = scriptPage("Pace");

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";
import { EventKind, PaceCode, SystemModel, eventKindName } from "@lunatic-web/runtime/inspect";

const bytesOf = (base64) => Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));

const textOf = ({ sequence, timeMs, kind, pid, other, tag, value, text }) =>
  [sequence, timeMs, eventKindName(kind), pid, other, tag, value, text ?? ""].join(" ");

async function record(bytes, deterministic, { args, stopAfter = Infinity, executors = 1 }, pauses) {
  await using runtime = await createRuntime({ executors, moduleCache: "none" });
  const module = await runtime.compile(bytes, { name: "guest.wasm" });
  const run = { lines: [], dropped: 0, stdout: "" };
  const environment = await runtime.run(module, {
    args,
    deterministic,
    inspect: {},
    onOutput: ({ stream, text }) => {
      if (stream === "stdout") run.stdout += text;
    },
  });
  let isRunning = true;
  const pausing = pauses ? pauseNowAndThen(environment, () => isRunning) : undefined;
  for await (const { events, dropped } of environment.inspect()) {
    run.dropped += dropped;
    for (const event of events) if (event.kind !== EventKind.Pace) run.lines.push(event);
    if (run.lines.length < stopAfter || !isRunning) continue;
    isRunning = false;
    void environment.stop();
  }
  isRunning = false;
  await pausing;
  run.lines = run.lines.slice(0, stopAfter);
  return run;
}

async function pauseNowAndThen(environment, isRunning) {
  for (let round = 0; isRunning(); round++) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    try {
      await environment.pause();
      await environment.step({ slices: 1 + (round % 5) });
      await environment.resume();
    } catch (error) {
      if (error.name === "ProcessEndedError") return;
      throw error;
    }
  }
}

globalThis.compareRuns = async (base64, options) => {
  const bytes = bytesOf(base64);
  const first = await record(bytes, options.runs[0], options, false);
  const second = await record(bytes, options.runs[1], options, options.pauseSecond === true);
  // Pace records take numbers of the sequence.
  const strip = options.pauseSecond ? (event) => textOf({ ...event, sequence: 0 }) : textOf;
  const events = Math.max(first.lines.length, second.lines.length);
  let difference;
  for (let index = 0; index < events && difference === undefined; index++) {
    const [a, b] = [first, second].map(({ lines }) => (lines[index] ? strip(lines[index]) : "nothing"));
    if (a !== b) difference = "record " + index + ": " + a + " | " + b;
  }
  const spawned = first.lines.filter(({ kind }) => kind === EventKind.Spawn).length;
  return { events, dropped: first.dropped + second.dropped, difference, stdout: first.stdout, spawned };
};

async function withModule(base64, executors, use) {
  await using runtime = await createRuntime({ executors, moduleCache: "none" });
  return await use(runtime, await runtime.compile(bytesOf(base64)));
}

globalThis.lunaticWeb = { withModule, EventKind, PaceCode, SystemModel };
document.documentElement.dataset.ready = "";
`;
