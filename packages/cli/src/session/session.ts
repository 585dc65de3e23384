import type { FileSet, FileTimes } from "./fileArchive.ts";
import type { FileChanges } from "./fileChanges.ts";
import type { ModuleSummary, ObservedEvent, OutputPiece, RunReport } from "./protocol.ts";

/** A page with a runtime in it, as the commands see it. */
export interface Session extends AsyncDisposable {
  /** One sentence of the runtime: how many executors, and why. */
  readonly description: string;
  /** @throws CommandError the module cannot run here; says why and what to do */
  compile(bytes: Uint8Array, name: string): Promise<ModuleSummary>;
  /**
   * Starts a module in an environment of its own.
   * @returns when its root process has started
   * @throws CommandError its root could not be started
   */
  run(module: ModuleSummary, request: RunRequest): Promise<SessionRun>;
}

export interface RunRequest {
  readonly entry: string;
  /** After argv[0], which is the module's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly preopens: readonly string[];
  readonly files: FileSet;
  readonly times?: FileTimes;
  /** Whether `input` will be called; without, a read finds the end at once. */
  readonly hasInput: boolean;
  readonly returnsChanges: boolean;
  /** "binary": pieces of output have one UTF-16 unit per byte. */
  readonly outputEncoding: "utf-8" | "binary";
  readonly observe: readonly number[] | "all";
  /** The next piece comes when this has resolved. */
  readonly onOutput: (piece: OutputPiece) => Promise<void> | void;
  readonly onObserved: (events: readonly ObservedEvent[], dropped: number) => void;
}

export interface FinishedRun extends Omit<RunReport, "written" | "times" | "removed"> {
  /** What it did to its files; nothing when that was not wanted. */
  readonly changes: FileChanges;
}

export interface SessionRun {
  readonly rootPid: number;
  /** After all output and all observed events. @throws CommandError the browser died */
  readonly finished: Promise<FinishedRun>;
  /**
   * @param bytes undefined: the input ends
   * @returns settles when more may come, or the run has ended
   */
  input(bytes: Uint8Array | undefined): Promise<void>;
  /** Ends every process of it; `finished` resolves then. */
  stop(): void;
}

export interface SessionOptions {
  readonly browser: "chromium" | "firefox";
  readonly isHeaded: boolean;
  /** Default: as many as the machine has cores. */
  readonly executors: number | undefined;
  readonly isIsolated: boolean;
}
