import type { EventKind } from "../inspect/events.ts";
import type { InspectionBatch } from "../inspect/inspectionEvent.ts";
import type { ProcessContents } from "../inspect/processContents.ts";
import type { Detail } from "../inspect/subscription.ts";
import type { ExitCause } from "../kernel/exit.ts";
import type { StorageChange } from "../protocol/files.ts";
import type { StepGoal, StepReport } from "../protocol/pacing.ts";
import type { ExecutorCounts } from "../protocol/usage.ts";
import type { Databases } from "./databaseTypes.ts";
import type { FilesOptions, RuntimeFiles } from "./fileTypes.ts";
import type {
  ModuleReference,
  PageProcess,
  PageProcessFunction,
  PageProcessOptions,
  SpawnedPageProcess,
  SpawnOptions,
} from "./processTypes.ts";

export type { ExecutorCounts, StepGoal, StepReport, StorageChange };

/** How a runtime is made; each may be left out. */
export interface RuntimeOptions {
  /** Workers that run processes. Default: navigator.hardwareConcurrency, at most 8. */
  executors?: number;
  /** Processes that may hold a suspended stack at once, per runtime. Default per engine, see scheduler/stackBudget.ts. */
  stackBudget?: number;
  /** Instructions a process may run before others get their turn. Default 2,000,000, about 1 to 2 ms. */
  sliceFuel?: number;
  /**
   * What the waiting messages of one environment may take on one executor, in bytes, each counting 256 more than its
   * data; above, the environment ends with the cause "limit". Default 536,870,912, which holds two million small ones.
   */
  messageMemory?: number;
  /** The filesystem that runs share. */
  files?: FilesOptions;
  /** Where instrumented modules are kept. Default "indexeddb"; "none" instruments anew each time. */
  moduleCache?: "indexeddb" | "none";
}

/** What this browser gives and what is in use because of it. */
export interface Capabilities {
  readonly executors: number;
  readonly crossOriginIsolated: boolean;
  /** How executors talk to each other. */
  readonly transport: "shared-memory" | "message-port" | "single-executor";
  readonly stackBudget: number;
  /** One sentence for people: why it is so. */
  readonly reason: string;
}

/** How it is with one executor. */
export type ExecutorUsage =
  | { readonly executor: number; readonly state: "alive"; readonly counts: ExecutorCounts }
  /**
   * silent: it has not answered in the time given. It may be frozen with its tab, stopped in a debugger, or hang.
   * lost: see docs/robustness.md.
   */
  | { readonly executor: number; readonly state: "silent" | "lost" };

/** A module that is ready to run. */
export interface LunaticModule extends ModuleReference {
  readonly id: number;
  readonly name: string;
  /** Bytes before and after instrumentation. */
  readonly sizeBytes: number;
  readonly instrumentedSizeBytes: number;
  /** Names of exported functions that a process may start with. */
  readonly entries: readonly string[];
  /** It imports what opens files or databases, or loads modules, which may. Others need no storage to be there. */
  readonly usesStorage: boolean;
  /** Milliseconds spent; 0 for a cache hit. */
  readonly instrumentMs: number;
}

/** How a module is run; each may be left out. */
export interface RunOptions {
  /** Arguments after argv[0], which is the module's name. */
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /**
   * Gives the run a filesystem of its own, in memory, with these files: absolute path to content. A path that ends in a
   * slash is a directory. Without it the run sees that of the runtime, as do all others (`Runtime.files`).
   */
  files?: Readonly<Record<string, string | Uint8Array>>;
  /** When files of `files` were last modified: path to milliseconds since 1970. Default: now. */
  fileTimes?: Readonly<Record<string, number>>;
  /** Hands the files of its own filesystem out with `exited`, as the run left them. Default false. */
  keepFiles?: boolean;
  /** What processes read from stdin; whoever reads first gets it. Default: nothing, a read finds the end at once. */
  stdin?: string | Uint8Array | ReadableStream<Uint8Array>;
  /** Directories the root may use, by absolute path. Default ["."], which is the root directory of the filesystem. */
  preopens?: readonly string[];
  /** Default "_start". */
  entry?: string;
  /**
   * Observe from before the first instruction: the first `inspect()` call then gets everything from the start. Without it
   * a short program may have ended before anybody subscribes.
   */
  inspect?: InspectOptions;
  /**
   * Called before the root starts, with its environment: the place to make processes of the page that it will look up. They
   * take the first pids. If it rejects, the run does.
   */
  prepare?: (environment: RunningEnvironment) => void | Promise<void>;
  /** Executors that it may use, up to those of the runtime. Default: all. The page's own processes are on one of them. */
  executors?: number;
  /**
   * Makes the run the same every time; see docs/debugging.md. It stays on one executor, with a filesystem of its own.
   * Default: in real time.
   */
  deterministic?: DeterministicOptions;
  /**
   * Called with what processes write, as it comes, in order per process. Processes that write faster than it returns wait;
   * if it returns a promise, until that is fulfilled: a page that shows what comes lets it be so with its next frame.
   */
  onOutput?: (output: Output) => void | Promise<void>;
  /**
   * What `Output.text` is. "utf-8", the default: text, with U+FFFD for what is none. "binary": the bytes themselves, each as
   * one UTF-16 unit from U+0000 to U+00FF, for programs that write files to stdout. Inspection events hold text in any case.
   */
  outputEncoding?: "utf-8" | "binary";
}

/** What a run that is the same every time follows from, beside the module, its arguments, environment and files. */
export interface DeterministicOptions {
  /** Of all random numbers: a whole number from 0 to 2^53 - 1. */
  seed: number;
  /** Instructions of a slice: another number, another order of events. Default: the runtime's `sliceFuel`. */
  sliceFuel?: number;
  /** The date at which it starts, milliseconds since 1970. Default: the first second of the year 2000, UTC. */
  epochMs?: number;
}

/** A piece of what a process wrote. */
export interface Output {
  readonly pid: number;
  readonly stream: "stdout" | "stderr";
  /** Whole UTF-8 characters, or bytes (`RunOptions.outputEncoding`); may end in the middle of a line. */
  readonly text: string;
  /** When its first character was written, milliseconds of the run's clock as inspection events have them. */
  readonly timeMs: number;
}

/** How a process, or a whole run, ended. "normal" is a return of the entry function or an exit code of 0. */
export interface ExitReport {
  readonly reason: "normal" | "failure";
  readonly cause: ExitCause;
  /**
   * With RunOptions.keepFiles: path to content; a path that ends in a slash is a directory. Symlinks are left out.
   * Undefined also when the executor that held them was lost.
   */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Of each of `files` that is no directory, when it was last modified, milliseconds since 1970. */
  readonly fileTimes?: ReadonlyMap<string, number>;
}

/** What of a running system is observed. */
export interface InspectOptions {
  /** Default: all kinds. */
  kinds?: readonly EventKind[];
  /**
   * "full": every message, each wait and its end, however much longer the program takes (a ping-pong more than twice as long).
   * "sampled", the default: all of them while they are few (the first 1,400, then 1,000 a second); of more a sample, with MoreMessages telling for
   * each pair of processes how many were left out, and MailboxSample, FuelUsed, Park and Wake about 30 times a second how each
   * process stands. Spawns, ends, links, monitors, names, traps, output and notices are always told one by one. While an
   * environment is paused, stepped or slow, and in a deterministic run, detail is full.
   */
  detail?: Detail;
}

/** One run of a module: its own pids from 1, names, files. Ends when its root process ends. */
export interface RunningEnvironment {
  readonly id: number;
  /** 0 while RunOptions.prepare runs. */
  readonly rootPid: number;
  /** Settles when the root has ended and every other process is gone. Never rejects for a guest's fault. */
  readonly exited: Promise<ExitReport>;
  /**
   * Batches of events from now on, about 30 a second while something happens, the first with a snapshot of all processes;
   * ends after the environment has. Breaking out of the loop unsubscribes.
   * @example
   * for await (const { snapshot } of environment.inspect()) {
   *   console.log(snapshot?.processes.map(({ pid, label, state }) => `${pid} ${label} ${state}`));
   *   break;
   * }
   */
  inspect(options?: InspectOptions): AsyncIterable<InspectionBatch>;
  /**
   * What a process holds now: the messages that wait with their first bytes, its config, its resources. Works while the
   * environment is paused. For views; costs the process nothing unless it is asked.
   * @returns undefined when no such process lives
   * @example
   * const contents = await environment.examine(environment.rootPid);
   * console.log(contents?.config.maySpawn); // true
   */
  examine(pid: number): Promise<ProcessContents | undefined>;
  /**
   * Makes the page a process of this environment: it gets a pid and a mailbox, and acts through what is returned.
   * @throws SpawnError too many processes live
   * @throws ProcessEndedError the environment has ended
   * @example
   * await using page = await environment.attach({ name: "page" });
   * console.log(page.pid, await environment.lookup("page"));
   */
  attach(options?: PageProcessOptions): Promise<PageProcess>;
  /**
   * Starts a process of a module. It has no parent and ends with the environment at the latest.
   * @param entry  name of an exported function. A wrong one shows only when the process runs: it fails at once
   * @returns its pid
   * @throws SpawnError it could not be made
   * @throws ProcessEndedError the environment has ended
   * @throws RangeError a number among `params` that is no i32
   * @example
   * const pid = await environment.spawn("serve", { config: { maxMemoryBytes: 2 ** 20, maySpawn: false } });
   * console.log(await environment.kill(pid)); // true
   */
  spawn(entry: string, options?: SpawnOptions): Promise<number>;
  /**
   * Starts a process written in TypeScript, which runs on the page.
   * @throws ProcessEndedError the environment has ended
   * @example
   * const echo = await environment.spawn(
   *   async (self) => {
   *     const message = await self.receive();
   *     if (message.type === "data") self.send(message.from, message.tag, message.bytes);
   *   },
   *   { name: "echo" },
   * );
   * await using page = await environment.attach();
   * page.send(echo.pid, 1, new Uint8Array([42]));
   * await page.receive({ tags: [1] });
   * console.log((await echo.ended).reason); // normal
   */
  spawn(body: PageProcessFunction, options?: PageProcessOptions): Promise<SpawnedPageProcess>;
  /**
   * The process that a name leads to; undefined if nobody has it. A process that is dead keeps its name. Waits while a
   * process is being spawned under that name. Names are compared whole: the `lunatic` crate adds the types of
   * message and serializer to those that its users write.
   * @throws ProcessEndedError the environment has ended
   * @example
   * await environment.register("first", environment.rootPid);
   * console.log(await environment.lookup("first")); // 1
   * await environment.unregister("first");
   * console.log(await environment.lookup("first")); // undefined
   */
  lookup(name: string): Promise<number | undefined>;
  /** Lets a name lead to a process from now on, also if it is taken. @throws ProcessEndedError the environment has ended */
  register(name: string, pid: number): Promise<void>;
  /** Makes a name free. @throws ProcessEndedError the environment has ended */
  unregister(name: string): Promise<void>;
  /**
   * Ends a process, also one in an endless loop.
   * @returns false when no such process lives
   * @example
   * const pid = await environment.spawn("serve");
   * console.log(await environment.kill(pid), await environment.kill(pid)); // true false
   */
  kill(pid: number): Promise<boolean>;
  /**
   * Ends every process.
   * @example
   * await environment.stop();
   * console.log((await environment.exited).reason); // failure
   */
  stop(): Promise<void>;
  /**
   * Lets no guest run until `resume`. Resolves when none does, on any executor. A process in a loop stops at the end of its
   * slice. Timers, time-outs and the monotonic clock stand still; kill, stop and inspection work.
   * @throws ProcessEndedError the environment has ended
   */
  pause(): Promise<void>;
  /**
   * Ends a pause.
   * @throws ProcessEndedError the environment has ended
   * @example
   * await environment.pause();
   * await environment.step();
   * await environment.resume();
   */
  resume(): Promise<void>;
  /**
   * Goes on by slices, or until a message is sent or taken (to the end of that slice), and stays paused then; pauses first
   * what is not paused. Where every process waits, time jumps to the next timer. Default: one slice.
   * @throws RangeError no whole number of slices
   */
  step(goal?: StepGoal): Promise<StepReport>;
  /**
   * Slow motion: so many slices a second, one process at a time; undefined: as fast as it can. A paused environment stays
   * paused and takes the speed up at `resume`.
   * @throws RangeError not above 0, or above 10,000
   * @throws ProcessEndedError the environment has ended
   */
  setSpeed(slicesPerSecond: number | undefined): Promise<void>;
}

/** Workers that run modules, each run in an environment of its own. */
export interface Runtime extends AsyncDisposable {
  /** The filesystem that all runs see which have none of their own. */
  readonly files: RuntimeFiles;
  readonly capabilities: Capabilities;
  readonly databases: Databases;
  /**
   * Checks, instruments and compiles a lunatic module.
   * @throws InstrumentError not wasm, truncated, malformed or a feature we do not run
   * @throws ImportError it imports what lunatic does not provide
   * @throws RunError the response is not OK, or the runtime is closed
   * @example
   * const module = await runtime.compile(fetch("app.wasm"), { name: "app" });
   * console.log(module.entries);
   */
  compile(
    source: Uint8Array | ArrayBuffer | Response | Promise<Response>,
    options?: { name?: string },
  ): Promise<LunaticModule>;
  /**
   * Starts a module: a root process in an environment of its own, which ends with it.
   * @throws RunError the root could not be made, or the runtime is closed
   * @example
   * const app = await runtime.run(await runtime.compile(fetch("app.wasm")), {
   *   args: ["--verbose"],
   *   onOutput: ({ pid, stream, text }) => console.log(pid, stream, text),
   * });
   * console.log((await app.exited).cause);
   */
  run(module: LunaticModule, options?: RunOptions): Promise<RunningEnvironment>;
  /**
   * What the executors hold now: what a page shows, or watches, of its memory.
   * @param options.patienceMs  an executor that has not answered by then is called silent. Default 10,000
   * @throws RunError the runtime is closed
   * @example
   * for (const usage of await runtime.usage()) {
   *   if (usage.state === "alive") console.log(usage.executor, usage.counts.processes, usage.counts.memoryBytes);
   * }
   */
  usage(options?: { patienceMs?: number }): Promise<readonly ExecutorUsage[]>;
  /**
   * Has the page and all later runs see other files and databases: those that are kept under a name (`files.persist` of
   * `createRuntime`), or without one none yet, in memory. What was kept before is written back and let go of, what was in
   * memory is gone. It takes some milliseconds, where a new runtime would take new workers.
   * @throws RunError something runs, or the runtime is closed
   * @throws VolumeError the files could not be opened: `taken` by another tab, `damaged`, …; everything is as before
   * @example
   * await environment.stop();
   * await environment.exited;
   * const { backing } = await runtime.changeStorage("another-project");
   * console.log(backing ?? "in memory only"); // opfs
   */
  changeStorage(persist?: string): Promise<StorageChange>;
  /**
   * Ends an executor for good, as if its worker had died: its processes are told of as lost, the others go on. For one that
   * stays silent though nobody debugs it; the runtime itself never takes a silent executor for a dead one.
   * @throws RangeError there is no such executor
   * @throws RunError the runtime is closed
   */
  dropExecutor(index: number): Promise<void>;
  /**
   * Ends everything and frees workers and memory. Idempotent. What still waits settles: `exited` with the cause
   * `environmentEnded`, calls that are under way with a RunError.
   * @example
   * await runtime.close();
   * console.log((await environment.exited).cause.type); // environmentEnded
   */
  close(): Promise<void>;
}
