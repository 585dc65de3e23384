import type { Runtime, RuntimeOptions } from "@lunatic-web/runtime";
import { expect } from "vitest";
import { buildPage, scriptPage } from "./buildPage.ts";
import { type Json, PATIENCE_MS, type Page } from "./page.ts";

/**
 * Builds a page on which specs drive the runtime by hand, through `globalThis.lab`.
 * @returns the folder with the built site
 */
export function buildLabPage(): Promise<string> {
  return buildPage("lab", { "index.html": HTML, "main.ts": SCRIPT });
}

type LabOptions = Pick<RuntimeOptions, "executors" | "files" | "messageMemory">;

/** Loads the page and makes a runtime on it, `lab.runtime`. */
export async function openLab(page: Page, url: string, options: LabOptions): Promise<void> {
  await page.goto(url);
  await until(page, () => "ready" in document.documentElement.dataset);
  await page.evaluate(async (given) => {
    const { lab } = globalThis as unknown as LabPage;
    lab.runtime = await lab.createRuntime({ ...(given as LabOptions), moduleCache: "none" });
  }, options as Json);
}

/** Runs a module on the page's runtime and keeps it as `lab.runs[name]`. */
export async function startRun(page: Page, name: string, wasm: Uint8Array): Promise<void> {
  const base64 = Buffer.from(wasm).toString("base64");
  await page.evaluate(
    async (run, code) => {
      await (globalThis as unknown as LabPage).lab.start(run, code);
    },
    name,
    base64,
  );
}

/** Starts a program, and waits for its end. @returns what it has printed, and how it has ended */
export async function runToEnd(
  page: Page,
  name: string,
  wasm: Uint8Array,
): Promise<{ stdout: string; end: string }> {
  await startRun(page, name, wasm);
  await page.evaluate((run) => Object.assign(globalThis, { awaited: run }), name);
  await until(page, () => {
    const { awaited } = globalThis as unknown as { awaited: string };
    return (globalThis as unknown as LabPage).lab.runs[awaited]!.end !== undefined;
  });
  return page.evaluate((run) => {
    const { stdout, end } = (globalThis as unknown as LabPage).lab.runs[run]!;
    return { stdout, end: end! };
  }, name);
}

/** Waits until a function that runs in the page gives true. */
export async function until(page: Page, condition: () => boolean | Promise<boolean>): Promise<void> {
  await expect
    .poll(() => page.evaluate(condition), { timeout: PATIENCE_MS, message: condition.toString() })
    .toBe(true);
}

/** Waits until all clocks have ticked ten times more. */
export async function expectTicks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { runs } = (globalThis as unknown as LabPage).lab;
    const clocks = Object.values(runs).filter(({ stdout }) => stdout.startsWith("tick"));
    (globalThis as { seen?: number[] }).seen = clocks.map(({ stdout }) => stdout.length);
  });
  await until(page, () => {
    const { runs } = (globalThis as unknown as LabPage).lab;
    const clocks = Object.values(runs).filter(({ stdout }) => stdout.startsWith("tick"));
    const { seen = [] } = globalThis as { seen?: number[] };
    return seen.length > 0 && clocks.every(({ stdout }, index) => stdout.length >= seen[index]! + 100);
  });
}

/** One run as the page keeps it. */
export interface LabRun {
  stdout: string;
  notices: string[];
  /** For each process that has started, the executor it did so on. */
  startedOn: number[];
  /** "normal" or "failure: type of the cause: its message" once it has ended. */
  end: string | undefined;
  stop(): Promise<void>;
}

type LabRuntime = Pick<
  Runtime,
  "capabilities" | "changeStorage" | "compile" | "files" | "run" | "usage" | "dropExecutor" | "close"
>;

/** What a function that a spec evaluates finds on the page. */
export interface LabPage {
  lab: {
    createRuntime(options: RuntimeOptions): Promise<LabRuntime>;
    runtime: LabRuntime;
    runs: Record<string, LabRun>;
    start(name: string, base64: string): Promise<void>;
    /** The runtime's workers in order of creation, ended ones too. */
    workers: { name: string; worker: Worker }[];
  };
}

const HTML = scriptPage("The runtime");

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";
import { EventKind } from "@lunatic-web/runtime/inspect";

const workers = [];
const BrowserWorker = globalThis.Worker;
globalThis.Worker = class extends BrowserWorker {
  constructor(url, options) {
    super(url, options);
    workers.push({ name: options.name, worker: this });
  }
};

const lab = { createRuntime, runtime: undefined, runs: {}, workers };
lab.start = async (name, base64) => {
  const bytes = Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
  const module = await lab.runtime.compile(bytes, { name: name + ".wasm" });
  const run = { stdout: "", notices: [], startedOn: [], end: undefined };
  const environment = await lab.runtime.run(module, {
    inspect: { kinds: [EventKind.Notice, EventKind.Start] },
    onOutput: ({ text }) => {
      run.stdout += text;
    },
  });
  run.stop = () => environment.stop();
  void (async () => {
    for await (const { events } of environment.inspect()) {
      for (const { kind, text, executor } of events) {
        if (kind === EventKind.Start) run.startedOn.push(executor);
        else if (text !== undefined) run.notices.push(text);
      }
    }
  })();
  void environment.exited.then(({ reason, cause }) => {
    const message = "message" in cause ? ": " + cause.message : "";
    run.end = reason === "normal" ? reason : "failure: " + cause.type + message;
  });
  lab.runs[name] = run;
};
globalThis.lab = lab;
document.documentElement.dataset.ready = "";
`;
