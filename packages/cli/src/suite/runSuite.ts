import type { FileSet } from "../session/fileArchive.ts";
import type { FileChanges } from "../session/fileChanges.ts";
import type { ModuleSummary } from "../session/protocol.ts";
import type { FinishedRun, Session, SessionRun } from "../session/session.ts";
import { CAPTURED_KINDS, Capture } from "./capture.ts";
import { StartGate } from "./startGate.ts";
import type { TestCase } from "./testName.ts";
import { judge, type TestEnd } from "./verdict.ts";

export interface SuiteOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly preopens: readonly string[];
  /** What a test starts with: called for each, since an earlier one may have changed them. */
  readonly files: () => FileSet;
  /** Called with what a test has done to its files; undefined: they end with it. */
  readonly writeBack: ((changes: FileChanges) => Promise<void>) | undefined;
  /** Tests that run at the same time. */
  readonly concurrency: number;
  /** Of those, how many may be young: see StartGate. */
  readonly young: number;
  readonly timeoutMs: number;
  /** Called with what tests write, as it comes. */
  readonly onOutput: ((text: string) => Promise<void>) | undefined;
  readonly interrupt: AbortSignal;
}

export interface TestResult {
  readonly test: TestCase;
  readonly outcome: "ok" | "failed" | "ignored";
  /** Captured, with a note at its end that says why the test failed if that is not plain. */
  readonly output: string;
  readonly seconds: number;
}

export interface SuiteListener {
  onStart(test: TestCase): Promise<void>;
  /** Called in the order in which tests end; for an ignored one when its turn comes. */
  onResult(result: TestResult): Promise<void>;
}

/** A test that takes longer waits for something, most probably; few compute for so long. */
const YOUTH_MS = 200;

/** A test that was told to stop has ended at its next fuel check; one that has not is beyond help. */
const STOP_PATIENCE_MS = 10_000;

/**
 * Runs tests side by side, each in an environment of its own: process id 1, own names, own files.
 * @throws CommandError a test could not be started, or the browser died
 */
export async function runSuite(
  session: Session,
  module: ModuleSummary,
  tests: readonly TestCase[],
  options: SuiteOptions,
  { onStart, onResult }: SuiteListener,
): Promise<void> {
  const queue = tests.values();
  const running = new Set<SessionRun>();
  const gate = new StartGate(options.young, YOUTH_MS);
  const stopAll = () => {
    for (const run of running) run.stop();
  };
  const worker = async () => {
    for (const test of queue) {
      if (options.interrupt.aborted) return;
      if (test.isIgnored) {
        await onStart(test);
        await onResult({ test, outcome: "ignored", output: "", seconds: 0 });
        continue;
      }
      const leave = await gate.enter();
      try {
        if (options.interrupt.aborted) return;
        await onStart(test);
        await onResult(await runTest(session, module, test, options, running));
      } finally {
        leave();
      }
    }
  };
  options.interrupt.addEventListener("abort", stopAll);
  try {
    await Promise.all(Array.from({ length: Math.min(options.concurrency, tests.length) }, worker));
  } finally {
    options.interrupt.removeEventListener("abort", stopAll);
  }
}

async function runTest(
  session: Session,
  module: ModuleSummary,
  test: TestCase,
  options: SuiteOptions,
  running: Set<SessionRun>,
): Promise<TestResult> {
  const { args, env, preopens, onOutput, writeBack } = options;
  const capture = new Capture();
  const files = options.files();
  const startedAt = performance.now();
  const run = await session.run(module, {
    entry: test.entry,
    args,
    env,
    preopens,
    files,
    hasInput: false,
    returnsChanges: writeBack !== undefined,
    outputEncoding: "utf-8",
    observe: CAPTURED_KINDS,
    onOutput: (piece) => {
      capture.write(piece);
      return onOutput?.(piece.text);
    },
    onObserved: (events) => capture.observe(events),
  });
  const end = await awaitEnd(run, running, options.timeoutMs);
  const seconds = (performance.now() - startedAt) / 1000;
  if (end.changes !== undefined) await writeBack?.(end.changes);
  const { isOk, note } = judge(test, end.end, capture.ownOutput(run.rootPid));
  capture.note(run.rootPid, note);
  return { test, outcome: isOk ? "ok" : "failed", output: capture.text(), seconds };
}

interface AwaitedEnd {
  readonly end: TestEnd;
  readonly changes?: FileChanges | undefined;
}

async function awaitEnd(run: SessionRun, running: Set<SessionRun>, timeoutMs: number): Promise<AwaitedEnd> {
  running.add(run);
  try {
    const finished = await within(run.finished, timeoutMs);
    if (finished !== undefined) return { end: toEnd(finished), changes: finished.changes };
    run.stop();
    const end: TestEnd = { type: "timeout", seconds: timeoutMs / 1000 };
    const stopped = await within(run.finished, STOP_PATIENCE_MS);
    return { end, changes: stopped?.changes };
  } finally {
    running.delete(run);
  }
}

/** @returns undefined: it took longer */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function toEnd(run: FinishedRun): TestEnd {
  if (run.reason === "normal") return { type: "normal" };
  const cause = causeText(run);
  const isOurs = run.cause === "hostFault" || run.cause === "executorLost";
  return { type: isOurs ? "hostFault" : "failure", cause };
}

function causeText({ cause, code, message }: FinishedRun): string {
  switch (cause) {
    case "exited":
      return `it called proc_exit(${code})`;
    case "trapped":
      return `it trapped: ${message}`;
    case "hostFault":
      return `a host function failed, which is a bug of the runtime and not of the test: ${message}`;
    case "executorLost":
      return "the worker it ran in was lost";
    case "killed":
      return "it was killed";
    case "linkDied":
      return "a process it was linked to died";
    default:
      return message ?? cause;
  }
}
