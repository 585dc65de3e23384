import type { DatabaseRows, DatabaseSummary, DatabaseValue } from "@lunatic-web/runtime";
import { buildPage, scriptPage } from "./buildPage.ts";
import type { Json, Page } from "./page.ts";

/**
 * Builds a page whose processes have databases, for a spec to drive through `globalThis.desk`.
 * @returns the folder with the built site
 */
export function buildDatabasePage(): Promise<string> {
  return buildPage("databases", { "index.html": scriptPage("Databases"), "main.ts": SCRIPT });
}

export interface DeskOptions {
  readonly executors: number;
  readonly persist?: string;
  readonly backing?: "indexedDB";
}

/** What a function that a spec evaluates finds on the page. */
export interface DatabasePage {
  desk: {
    open(options: DeskOptions): Promise<void>;
    close(): Promise<void>;
    /** Starts a program beside others. */
    start(name: string, base64: string, args: readonly string[], preopens?: readonly string[]): Promise<void>;
    /** What it has printed so far. */
    stdout(name: string): string;
    /** How it has ended: "normal", or its cause and message; undefined: it runs. */
    end(name: string): string | undefined;
    /** Guest functions on the stack of the trap that ended it, innermost first. */
    frames(name: string): string[];
    stop(name: string): Promise<void>;
    list(): Promise<DatabaseSummary[]>;
    query(name: string, sql: string, parameters?: readonly DatabaseValue[]): Promise<DatabaseRows>;
    /** Downloads one database and imports it as another. */
    copy(from: string, to: string): Promise<void>;
    remove(name: string): Promise<void>;
    isPersistent(): Promise<boolean>;
    /** Kind and message of what a call is rejected with. */
    failure(call: "list" | "query" | "remove", name: string, sql: string): Promise<string>;
    dropExecutor(index: number): Promise<void>;
  };
}

/** Runs a program to its end. @returns what it has printed, and how it has ended unless that is "normal" */
export async function runToEnd(page: Page, wasm: Uint8Array, ...args: string[]): Promise<string> {
  const base64 = Buffer.from(wasm).toString("base64");
  return page.evaluate(
    async (code, given) => {
      const { desk } = globalThis as unknown as DatabasePage;
      const name = `run ${performance.now()}`;
      await desk.start(name, code, given as string[]);
      while (desk.end(name) === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      const end = desk.end(name)!;
      return desk.stdout(name) + (end === "normal" ? "" : end);
    },
    base64,
    args as Json,
  );
}

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";

const runs = {};
let runtime;

async function failureOf(call) {
  try {
    await call();
    return "none";
  } catch (error) {
    return error.kind + ": " + error.message;
  }
}

globalThis.desk = {
  async open({ executors, persist, backing }) {
    runtime = await createRuntime({ executors, moduleCache: "none", files: { persist, backing } });
  },
  close: () => runtime.close(),
  async start(name, base64, args, preopens) {
    const bytes = Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
    const module = await runtime.compile(bytes, { name: "program" });
    const run = { stdout: "", end: undefined, environment: undefined };
    runs[name] = run;
    run.environment = await runtime.run(module, {
      args,
      preopens,
      onOutput: ({ stream, text }) => {
        if (stream === "stdout") run.stdout += text;
      },
    });
    void run.environment.exited.then(({ reason, cause }) => {
      run.frames = cause.frames?.map(({ name }) => name) ?? [];
      run.end = reason === "normal" ? reason : cause.type + ": " + (cause.message ?? "");
    });
  },
  stdout: (name) => runs[name].stdout,
  end: (name) => runs[name].end,
  frames: (name) => runs[name].frames,
  stop: (name) => runs[name].environment.stop(),
  list: () => runtime.databases.list(),
  query: (name, sql, parameters) => runtime.databases.query(name, sql, parameters),
  async copy(from, to) {
    await runtime.databases.import(to, await runtime.databases.download(from));
  },
  remove: (name) => runtime.databases.remove(name),
  isPersistent: async () => (await runtime.databases.place()).isPersistent,
  failure: (call, name, sql) => failureOf(() => runtime.databases[call](name, sql)),
  dropExecutor: (index) => runtime.dropExecutor(index),
};
document.documentElement.dataset.ready = "";
`;
