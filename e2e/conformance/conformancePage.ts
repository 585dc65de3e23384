import { buildPage, scriptPage } from "../src/buildPage.ts";
import type { Json, Page } from "../src/page.ts";

/** A module and what its root process is given. */
export interface ConformanceRun {
  readonly wasm: Uint8Array;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly preopens?: readonly string[] | undefined;
}

export interface ConformanceOutcome {
  /** What the root process wrote to stdout. */
  readonly stdout: string;
  /** Type of the exit cause, and its message if it has one; "still running" if the run had to be stopped. */
  readonly end: string;
  /** Texts of the notices, in order. */
  readonly notices: readonly string[];
  /** How many executors the processes of the run have been on. */
  readonly executors: number;
}

export interface RunAllOptions {
  readonly executors: number;
  readonly sliceFuel?: number;
  /** Runs that are under way at the same time. */
  readonly atOnce: number;
}

/**
 * Builds a page that holds nothing but the runtime and can run many modules, each in an environment of its own.
 * @returns the folder with the built site
 */
export function buildConformancePage(): Promise<string> {
  return buildPage("conformance", { "index.html": PAGE, "main.ts": SCRIPT });
}

export interface ConformanceRuns {
  readonly outcomes: readonly ConformanceOutcome[];
  /** How many executors the runtime had, which may be fewer than were asked for. */
  readonly executors: number;
}

/** Runs all modules in one runtime, which is closed afterwards. */
export async function runAll(
  page: Page,
  runs: readonly ConformanceRun[],
  options: RunAllOptions,
): Promise<ConformanceRuns> {
  const parcels = runs.map(({ wasm, args = [], env = {}, preopens = ["."] }) => ({
    base64: Buffer.from(wasm).toString("base64"),
    options: { args, env, preopens },
  }));
  return page.evaluate(callRunAll, parcels, { ...options });
}

function callRunAll(parcels: Json, options: Json): Promise<ConformanceRuns> {
  const { runAll: run } = globalThis as unknown as {
    runAll: (parcels: Json, options: Json) => Promise<ConformanceRuns>;
  };
  return run(parcels, options);
}

const PAGE = scriptPage("Conformance");

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";
import { EventKind } from "@lunatic-web/runtime/inspect";

const PATIENCE_MS = 60_000;

async function runOne(runtime, { base64, options }) {
  const bytes = Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
  let module;
  try {
    module = await runtime.compile(bytes, { name: "case.wasm" });
  } catch (error) {
    return { stdout: "", end: String(error), notices: [], executors: 0 };
  }
  let stdout = "";
  const environment = await runtime.run(module, {
    ...options,
    inspect: { kinds: [EventKind.Exit, EventKind.Notice] },
    onOutput: ({ pid, stream, text }) => {
      if (pid === 1 && stream === "stdout") stdout += text;
    },
  });
  let isStopped = false;
  const patience = setTimeout(() => {
    isStopped = true;
    void environment.stop();
  }, PATIENCE_MS);
  const notices = [];
  const executors = new Set();
  for await (const { events } of environment.inspect()) {
    for (const { kind, text, executor } of events) {
      if (kind === EventKind.Notice) notices.push(text);
      else executors.add(executor);
    }
  }
  const { cause } = await environment.exited;
  clearTimeout(patience);
  const end = isStopped ? "still running" : "message" in cause ? cause.type + ": " + cause.message : cause.type;
  return { stdout, end, notices, executors: executors.size };
}

globalThis.runAll = async (parcels, { atOnce, ...options }) => {
  await using runtime = await createRuntime({ moduleCache: "none", ...options });
  const outcomes = [];
  let next = 0;
  const lane = async () => {
    while (next < parcels.length) {
      const index = next++;
      outcomes[index] = await runOne(runtime, parcels[index]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { outcomes, executors: runtime.capabilities.executors };
};
document.documentElement.dataset.ready = "";
`;
