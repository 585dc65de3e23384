import type { ExitReport, LunaticModule, Output, RunningEnvironment, Runtime } from "@lunatic-web/runtime";
import type {
  History,
  InspectionEvent,
  ProcessContents,
  Recording,
  RecordingInfo,
  SystemModel,
} from "@lunatic-web/runtime/inspect";
import type { ReadonlySignal } from "@preact/signals";
import type { ConsoleBuffer } from "../console/consoleBuffer.ts";
import type { ConsoleInput } from "../console/consoleInput.ts";
import type { Program } from "../programs/catalog.ts";
import type { FrameClock } from "./frameClock.ts";
import type { PlainError } from "./plainError.ts";
import type { RunSettings, StartedWith } from "./runSettings.ts";

export type RunPhase = "idle" | "compiling" | "loading" | "running" | "stopping" | "ended";

/** Something runs, or is about to. */
export function isBusyPhase(phase: RunPhase): boolean {
  return phase !== "idle" && phase !== "ended";
}

export type { BuiltProgram, ProgramBuilder } from "./builtProgram.ts";

/** A process that trapped in this run. */
export interface TrapReport {
  readonly pid: number;
  /** Message, a line break, the guest's stack. */
  readonly text: string;
}

/**
 * One program running at a time, and all that is known of the run: what every view reads. Views get changes through
 * `frames` and the signals; `model` and `output` are live objects to look at when a frame comes.
 */
export interface Session {
  readonly phase: ReadonlySignal<RunPhase>;
  /** What runs, to pause it and the like; undefined: nothing does. */
  readonly environment: ReadonlySignal<RunningEnvironment | undefined>;
  /** What the run was started with; undefined before the first, and for a recording. */
  readonly started: ReadonlySignal<StartedWith | undefined>;
  /** What the shown run was, if it is a recording. */
  readonly recording: ReadonlySignal<RecordingInfo | undefined>;
  readonly program: ReadonlySignal<Program | undefined>;
  readonly error: ReadonlySignal<PlainError | undefined>;
  readonly exit: ReadonlySignal<ExitReport | undefined>;
  /** Of the module that runs or ran last; undefined where it was not compiled here. */
  readonly sourceMap: ReadonlySignal<string | undefined>;
  /** What the module that runs or ran last says of its messages (MESSAGE_SECTION of the framework). */
  readonly messageSection: ReadonlySignal<Uint8Array | undefined>;
  /** Latest first. */
  readonly traps: ReadonlySignal<readonly TrapReport[]>;
  /** Of performance.now(); undefined before the first run. `endedMs` is undefined while it runs. */
  readonly startedMs: ReadonlySignal<number | undefined>;
  readonly endedMs: ReadonlySignal<number | undefined>;
  readonly frames: FrameClock;
  /** The system now. */
  readonly model: SystemModel;
  /** The run as far as it is remembered; another object for each run. */
  readonly history: History;
  readonly output: ConsoleBuffer;
  /** What is typed into the console, of the run that goes on. */
  readonly input: ConsoleInput;
  /** What the program that runs, or ran last, sees of files and databases. */
  storage(): Promise<Pick<Runtime, "files" | "databases">>;
  /**
   * Builds and compiles the program if need be and starts it, ending what ran before. Failures show in `error`, and
   * then nothing runs.
   */
  run(program: Program, args: readonly string[], settings?: RunSettings): Promise<void>;
  /** Shows a recorded run as one that has ended, ending what ran before. */
  showRecording(recording: Recording): Promise<void>;
  /** Compiles a visitor's own file. @returns undefined after a failure, which shows in `error` */
  compile(file: File): Promise<LunaticModule | undefined>;
  /** Does what a visitor asked for; a failure of it shows in `error`. */
  attempt(action: () => Promise<void>): Promise<void>;
  /** Ends the run, or gives up compiling for it. */
  stop(): Promise<void>;
  kill(pid: number): Promise<void>;
  /** What a process holds now; undefined if it does not live. */
  examine(pid: number): Promise<ProcessContents | undefined>;
  clearOutput(): void;
  dismissTrap(trap: TrapReport): void;
  dismissError(): void;
  /**
   * Calls back with the run's events as they come, after the model has taken them in.
   * @returns ends it
   */
  onEvents(listener: (events: readonly InspectionEvent[]) => void): () => void;
  /**
   * Calls back with what processes print, in order and as it comes.
   * @returns ends it
   */
  onOutput(listener: (output: Output) => void): () => void;
}
