import type {
  ExitReport,
  LunaticModule,
  RunningEnvironment,
  RunOptions,
  Runtime,
  SpawnOptions,
  StepReport,
} from "@lunatic-web/runtime";
import type { EventKind, InspectionBatch, InspectionEvent } from "@lunatic-web/runtime/inspect";
import type { Program } from "../../programs/catalog.ts";
import { createProject } from "../../project/project.ts";
import { createEvent } from "../../view/testing/event.ts";
import { createSession, type SessionParts } from "../createSession.ts";
import { createFrameClock } from "../frameClock.ts";

/** What a session uses of a run. */
type UsedRun = Pick<
  RunningEnvironment,
  "id" | "rootPid" | "exited" | "inspect" | "kill" | "stop" | "pause" | "resume" | "step" | "setSpeed"
> & {
  spawn(entry: string, options: SpawnOptions): Promise<number>;
};

/** A run whose every step the test decides. */
export class ScriptedRun implements UsedRun {
  readonly id = 1;
  readonly rootPid = 1;
  readonly options: RunOptions;
  readonly killed: number[] = [];
  readonly spawned: SpawnOptions[] = [];
  isStopped = false;
  /** What was asked of its pace, in order. */
  readonly paced: string[] = [];
  /** Settles the step that is under way. */
  finishStep: (report: StepReport) => void = () => {};
  readonly exited: Promise<ExitReport>;
  #resolveExit: (report: ExitReport) => void = () => {};
  readonly #batches: InspectionBatch[] = [];
  #wake: () => void = () => {};
  #isOver = false;
  #sequence = 0;

  constructor(options: RunOptions) {
    this.options = options;
    this.exited = new Promise((resolve) => {
      this.#resolveExit = resolve;
    });
  }

  event(kind: EventKind, pid: number, fields: Partial<InspectionEvent> = {}): InspectionEvent {
    return createEvent(kind, pid, { sequence: ++this.#sequence, ...fields });
  }

  observe(...events: InspectionEvent[]): void {
    this.#batches.push({ events, dropped: 0 });
    this.#wake();
  }

  end(report: ExitReport = { reason: "normal", cause: { type: "returned" } }): void {
    this.#isOver = true;
    this.#wake();
    this.#resolveExit(report);
  }

  async *inspect(): AsyncGenerator<InspectionBatch> {
    for (;;) {
      const batch = this.#batches.shift();
      if (batch) yield batch;
      else if (this.#isOver) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  kill(pid: number): Promise<boolean> {
    this.killed.push(pid);
    return Promise.resolve(true);
  }

  spawn(_entry: string, options: SpawnOptions): Promise<number> {
    if (options.config?.args?.[0] === "unable")
      return Promise.reject(new Error("Cannot spawn it: no memory"));
    this.spawned.push(options);
    return Promise.resolve(2);
  }

  async pause(): Promise<void> {
    this.paced.push("pause");
  }

  async resume(): Promise<void> {
    this.paced.push("resume");
  }

  async setSpeed(slicesPerSecond: number | undefined): Promise<void> {
    this.paced.push(`speed ${slicesPerSecond}`);
  }

  step(goal?: unknown): Promise<StepReport> {
    this.paced.push(goal === "message" ? "step message" : "step slice");
    return new Promise((resolve) => {
      this.finishStep = resolve;
    });
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.end({ reason: "failure", cause: { type: "environmentEnded" } });
    return Promise.resolve();
  }
}

export function setUp(
  compile: (name: string) => Promise<LunaticModule> = (name) => Promise.resolve(moduleNamed(name)),
  build?: SessionParts["build"],
  openStorage?: SessionParts["openStorage"],
) {
  const runs: ScriptedRun[] = [];
  const compiled: string[] = [];
  const runtime = {
    compile: (_source: unknown, { name = "" } = {}) => {
      compiled.push(name);
      return compile(name);
    },
    run: async (_module: LunaticModule, options: RunOptions) => {
      const run = new ScriptedRun(options);
      runs.push(run);
      const environment = run as unknown as RunningEnvironment;
      await options.prepare?.(environment);
      return environment;
    },
  } as Partial<Runtime> as Runtime;
  const session = createSession(
    Promise.resolve(runtime),
    createFrameClock(() => {}),
    { ...(build && { build }), ...(openStorage && { openStorage }) },
  );
  return { session, runs, compiled };
}

/** @param usesStorage it imports what opens files */
export function moduleNamed(name: string, usesStorage = false): LunaticModule {
  return {
    id: 1,
    name,
    sizeBytes: 1,
    instrumentedSizeBytes: 2,
    entries: ["_start"],
    usesStorage,
    instrumentMs: 0,
  };
}

export function program(name: string): Program {
  return {
    name,
    group: "example",
    title: name,
    description: "",
    args: [],
    env: { MODE: "test" },
    loadSource: undefined,
    fetchModule: () => Promise.resolve(new Response()),
  };
}

export const project = (name: string): Program => ({
  ...program(name),
  loadProject: async () => createProject([["main.ts", ""]]),
});

export const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
export const texts = (session: ReturnType<typeof createSession>) =>
  session.output.lines.map((line) => line.text);
