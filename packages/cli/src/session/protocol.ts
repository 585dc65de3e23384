/**
 * What the command line and its page say to each other, as JSON over HTTP of this machine: commands come down one
 * event stream, events go up in batches, and bytes travel apart as blobs. HTTP is what both browsers offer without a
 * driver's help, so the driver has only to open a tab and to close it.
 */

/** Paths below the session's secret folder. */
export const COMMANDS_PATH = "commands";
export const EVENTS_PATH = "events";
export const BLOB_PATH = "blob/";

/** Options of `createRuntime` that a command line can set. */
export interface RuntimeChoice {
  readonly executors?: number;
}

export interface RunChoice {
  readonly module: number;
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly preopens: readonly string[];
  /** Blob with the files the environment starts with (fileArchive.ts); several runs may name the same, one after another. */
  readonly files?: number;
  /** When they were last modified: path and milliseconds since 1970. */
  readonly times: readonly (readonly [path: string, modifiedMs: number])[];
  /** Whether `input` commands will follow; without, a read finds the end at once. */
  readonly hasInput: boolean;
  /** Whether what the run changes in its files is wanted when it has ended. */
  readonly returnsChanges: boolean;
  /** What the text of its output is, as in RunOptions of the runtime. */
  readonly outputEncoding: "utf-8" | "binary";
  /** Kinds of inspection events wanted. */
  readonly observe: readonly number[] | "all";
}

export type Command =
  | { readonly type: "start"; readonly runtime: RuntimeChoice }
  | { readonly type: "compile"; readonly request: number; readonly blob: number; readonly name: string }
  | { readonly type: "run"; readonly run: number; readonly choice: RunChoice }
  /** base64 undefined: the input ends. */
  | { readonly type: "input"; readonly run: number; readonly base64: string | undefined }
  | { readonly type: "stop"; readonly run: number };

export interface ModuleSummary {
  readonly id: number;
  readonly name: string;
  /** Exported functions that a process may start with. */
  readonly entries: readonly string[];
}

/** An error of the page, by name so that the command line can tell them apart. */
export interface PageFailure {
  readonly name: string;
  readonly message: string;
}

/** An inspection event; the tag is decimal, as JSON has no 64-bit numbers. */
export interface ObservedEvent {
  readonly sequence: number;
  readonly timeMs: number;
  readonly executor: number;
  readonly kind: number;
  readonly pid: number;
  readonly other: number;
  readonly tag: string;
  readonly value: number;
  readonly text?: string;
}

export interface OutputPiece {
  readonly pid: number;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

export interface RunReport {
  readonly reason: "normal" | "failure";
  /** Type of the runtime's ExitCause. */
  readonly cause: string;
  /** Of proc_exit. */
  readonly code?: number;
  readonly message?: string;
  /** Blob with the files that the run has written, if it was wanted and there are any. */
  readonly written?: number;
  /** Of what is written, and of files of which only the time is another. */
  readonly times?: readonly (readonly [path: string, modifiedMs: number])[];
  /** Paths that the run has removed, the innermost first. */
  readonly removed?: readonly string[];
}

export type PageEvent =
  | { readonly type: "started"; readonly reason: string; readonly executors: number }
  | { readonly type: "failed"; readonly failure: PageFailure }
  | { readonly type: "compiled"; readonly request: number; readonly module: ModuleSummary }
  | { readonly type: "notCompiled"; readonly request: number; readonly failure: PageFailure }
  | { readonly type: "launched"; readonly run: number; readonly rootPid: number }
  | { readonly type: "runFailed"; readonly run: number; readonly failure: PageFailure }
  /** An input command has arrived, and there is room for another. */
  | { readonly type: "inputTaken"; readonly run: number }
  | { readonly type: "output"; readonly run: number; readonly pieces: readonly OutputPiece[] }
  | {
      readonly type: "observed";
      readonly run: number;
      readonly events: readonly ObservedEvent[];
      /** Events lost since the last batch. */
      readonly dropped: number;
    }
  | { readonly type: "exited"; readonly run: number; readonly report: RunReport };
