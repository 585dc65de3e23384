import { createRuntime, type ExecutorUsage, type LunaticModule, type Runtime } from "@lunatic-web/runtime";

/** A row of guests/rust/prebuilt/index.json. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly expected: {
    readonly stdout: { readonly match: "exact" | "contains"; readonly lines: readonly string[] };
    readonly exit: "returned" | "trapped" | "never";
  };
}

export interface SoakOptions {
  readonly programs: readonly Program[];
  readonly executors: number;
  /** Environments that are open at the same time. */
  readonly lanes: number;
}

/** What one stretch of the load came to, and what is held when all of it has ended. */
export interface Stretch {
  readonly runs: number;
  /** What went wrong, in words. */
  readonly failures: readonly string[];
  readonly usage: readonly ExecutorUsage[];
  /** The transport in use. */
  readonly transport: string;
}

export interface SoakPage {
  start(options: SoakOptions): Promise<void>;
  /** Runs programs for so long, then waits until the last has ended and all is cleaned up. */
  stretch(ms: number): Promise<Stretch>;
  close(): Promise<void>;
}

declare global {
  var soak: SoakPage;
}

/** A program that says nothing more for so long is stuck. */
const PATIENCE_MS = 120_000;

let runtime: Runtime;
let options: SoakOptions;
const modules = new Map<string, LunaticModule>();
let next = 0;

globalThis.soak = {
  async start(given) {
    options = given;
    runtime = await createRuntime({ executors: given.executors, moduleCache: "none" });
    for (const { name } of given.programs) {
      modules.set(name, await runtime.compile(fetch(`/guests/rust/prebuilt/${name}.wasm`), { name }));
    }
  },

  async stretch(ms) {
    const endMs = performance.now() + ms;
    const failures: string[] = [];
    let runs = 0;
    const lane = async (): Promise<void> => {
      while (performance.now() < endMs) {
        const program = options.programs[next++ % options.programs.length]!;
        failures.push(...(await run(program)));
        runs++;
      }
    };
    await Promise.all(Array.from({ length: options.lanes }, lane));
    return { runs, failures, usage: await usageAtRest(), transport: runtime.capabilities.transport };
  },

  close: () => runtime.close(),
};

/** Runs a program to its end; one that never ends is stopped when it has written what it is to write. */
async function run({ name, args, env, expected }: Program): Promise<string[]> {
  let stdout = "";
  const wrote = Promise.withResolvers<void>();
  const environment = await runtime.run(modules.get(name)!, {
    args,
    ...(env === undefined ? {} : { env }),
    onOutput: ({ stream, text }) => {
      if (stream === "stdout") stdout += text;
      if (expected.stdout.lines.every((line) => stdout.includes(line))) wrote.resolve();
    },
  });
  if (expected.exit === "never") {
    await inTime(wrote.promise);
    await environment.stop();
  }
  const report = await inTime(environment.exited);
  if (report === undefined) {
    await environment.stop();
    return [`${name} did not end; it wrote: ${stdout}`];
  }
  const lines = stdout.split("\n");
  const missing = expected.stdout.lines.filter((line) => !lines.includes(line));
  const reason = expected.exit === "returned" ? "normal" : "failure";
  const failures = missing.map((line) => `${name} did not write: ${line}`);
  if (report.reason !== reason) failures.push(`${name} ended as ${JSON.stringify(report.cause)}`);
  return failures;
}

/** @returns undefined if it has not settled in time */
async function inTime<T>(what: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([what, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function usageAtRest(): Promise<readonly ExecutorUsage[]> {
  for (let attempt = 0; ; attempt++) {
    const usage = await runtime.usage();
    const isClean = usage.every((one) => one.state !== "alive" || one.counts.uncleanedBytes === 0);
    if (isClean || attempt === 100) return usage;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
