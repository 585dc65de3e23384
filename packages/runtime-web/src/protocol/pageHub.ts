import type { Pace } from "../inspect/pace.ts";
import type { Subscription } from "../inspect/subscription.ts";
import type { InstrumentErrorKind, InstrumentErrorPlace } from "../instrument/index.ts";
import type { ExitCause } from "../kernel/exit.ts";
import type { FilesPlace } from "./files.ts";
import type { InitialFile } from "./hubExecutor.ts";
import type { DeterministicRun, StepGoal, StepReport } from "./pacing.ts";
import type { RuntimeSettings } from "./settings.ts";

/** An expected failure on its way to the page, where it becomes a typed error again. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: WireError };

export type WireError =
  | {
      readonly type: "instrument";
      readonly kind: InstrumentErrorKind;
      readonly finding: string;
      readonly advice: string;
      readonly place: InstrumentErrorPlace;
    }
  | { readonly type: "import"; readonly message: string; readonly module: string; readonly name: string }
  | { readonly type: "run"; readonly message: string };

/** One sentence for people. */
export function wireErrorText(error: WireError): string {
  return error.type === "instrument" ? `${error.finding}; ${error.advice}` : error.message;
}

export interface CompiledSummary {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly instrumentedSizeBytes: number;
  readonly entries: readonly string[];
  readonly usesStorage: boolean;
  readonly instrumentMs: number;
}

export interface RunRequest {
  readonly module: number;
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: readonly (readonly [key: string, value: string])[];
  /** What it begins with; undefined: it sees the files of the runtime. */
  readonly files: readonly InitialFile[] | undefined;
  readonly preopens: readonly string[];
  readonly observe: Subscription | undefined;
  /** Input messages will follow; without, a read from stdin finds the end at once. */
  readonly hasInput: boolean;
  /** The page wants the files when the run has ended. */
  readonly returnsFiles: boolean;
  readonly outputEncoding: "utf-8" | "binary";
  /** How many executors it may use; undefined: all. */
  readonly executors: number | undefined;
  /** undefined: in real time. */
  readonly deterministic: DeterministicRun | undefined;
}

/** Control calls of the page to its hub; comlink carries them. */
export interface HubService {
  /**
   * Starts the executors, whose workers the page has made. Once.
   * @param executorPorts  port i leads to executor i; transferred
   * @returns when all are ready
   */
  start(
    settings: RuntimeSettings,
    moduleCache: "indexeddb" | "none",
    executorPorts: readonly MessagePort[],
    files: FilesPlace,
  ): Promise<void>;
  /** Resolves with the reason when this executor is lost. */
  whenLost(index: number): Promise<string>;
  /** The worker of an executor has crashed. */
  executorLost(index: number, reason: string): Promise<void>;
  compile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Outcome<CompiledSummary>>;
  /** @returns `home`: the executor that the root will run on */
  open(request: RunRequest): Promise<Outcome<{ environment: number; home: number }>>;
  /** Starts the root of an opened environment. */
  launch(environment: number): Promise<Outcome<{ pid: number }>>;
  /** Resolves when the environment is closed on every executor. */
  whenEnded(environment: number): Promise<ExitCause>;
  kill(environment: number, pid: number): Promise<boolean>;
  stop(environment: number): Promise<void>;
  /** Resolves when it is so on every executor. @returns false: no such environment runs any more */
  setPace(environment: number, pace: Pace): Promise<boolean>;
  step(environment: number, goal: StepGoal): Promise<StepReport>;
  close(): Promise<void>;
}
