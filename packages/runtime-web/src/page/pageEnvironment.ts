import type { InspectionBatch } from "../inspect/inspectionEvent.ts";
import type { Pace } from "../inspect/pace.ts";
import { unpackRecords } from "../inspect/packedRecords.ts";
import type { ProcessContents } from "../inspect/processContents.ts";
import { selectionOf } from "../inspect/subscription.ts";
import type { ExitCause } from "../kernel/exit.ts";
import type { EnvironmentToPage, InitialFile } from "../protocol/hubExecutor.ts";
import { postFromPage } from "../protocol/post.ts";
import { exitReport } from "./exitReport.ts";
import { InspectionStream } from "./inspectionStream.ts";
import { OutputOrder } from "./outputOrder.ts";
import { OutputReceipts } from "./outputReceipts.ts";
import { PaceSwitch } from "./paceSwitch.ts";
import { type EnvironmentDefaults, type KnownModules, PageProcesses } from "./pageProcesses.ts";
import { ProcessExaminer } from "./processExaminer.ts";
import { ProcessLine } from "./processLine.ts";
import type {
  PageProcess,
  PageProcessFunction,
  PageProcessOptions,
  SpawnedPageProcess,
  SpawnOptions,
} from "./processTypes.ts";
import { type InputSource, InputWindow, pumpInput } from "./standardInput.ts";
import { subscriptionOf } from "./subscriptionOf.ts";
import type {
  ExitReport,
  InspectOptions,
  Output,
  RunningEnvironment,
  StepGoal,
  StepReport,
} from "./types.ts";

/** What an environment needs of its runtime. */
export interface EnvironmentControl {
  kill(environment: number, pid: number): Promise<boolean>;
  stop(environment: number): Promise<void>;
  setPace(environment: number, pace: Pace): Promise<boolean>;
  step(environment: number, goal: StepGoal): Promise<StepReport>;
}

/** What an environment is from its start. */
export interface EnvironmentParts {
  readonly id: number;
  /** Index of the executor that its root and the page's processes live on. */
  readonly home: number;
  /** Per executor. */
  readonly ports: readonly MessagePort[];
  readonly control: EnvironmentControl;
  readonly onOutput: ((output: Output) => void | Promise<void>) | undefined;
  /** Settles when it is closed on every executor. */
  readonly ended: Promise<ExitReport["cause"]>;
  /** RunOptions.inspect. */
  readonly observed: InspectOptions | undefined;
  readonly defaults: EnvironmentDefaults;
  readonly modules: KnownModules;
}

/** Sequence numbers of events are smaller: they have 32 bits. */
const LAST_SEQUENCE = 2 ** 32;

/** The page's end of one run. */
export class PageEnvironment implements RunningEnvironment {
  readonly id: number;
  /** Set before `run` hands the environment out. */
  rootPid = 0;
  readonly exited: Promise<ExitReport>;
  readonly #control: EnvironmentControl;
  readonly #ports: readonly MessagePort[];
  readonly #output: OutputOrder;
  readonly #input = new InputWindow();
  readonly #streams = new Map<InspectionStream, InspectOptions>();
  /** The stream of RunOptions.inspect, until somebody takes it. */
  #early: InspectionStream | undefined;
  /** Executors whose last batch has not come yet. */
  readonly #open: Set<number>;
  /** As the run left them, if they were wanted. */
  #files: readonly InitialFile[] | undefined;
  readonly #home: number;
  readonly #line: ProcessLine;
  readonly #processes: PageProcesses;
  readonly #pace: PaceSwitch;
  readonly #examiner: ProcessExaminer;
  /** The runtime was closed: neither hub nor executors will say anything any more. */
  readonly #cut = Promise.withResolvers<ExitCause>();
  readonly #drained = Promise.withResolvers<void>();

  constructor(parts: EnvironmentParts) {
    const { id, home, ports, control, onOutput, ended, observed, defaults, modules } = parts;
    this.id = id;
    this.#ports = ports;
    this.#home = home;
    this.#control = control;
    const receipts = new OutputReceipts(ports.length, (executor, length) =>
      postFromPage(ports[executor]!, { type: "outputTaken", environment: id, length }),
    );
    this.#output = new OutputOrder(
      ports.length,
      (executor, round) => postFromPage(ports[executor]!, { type: "takeOutput", environment: id, round }),
      ({ pid, stream, text, timeMs }, executor) => {
        const done = onOutput?.({ pid, stream: stream === 1 ? "stdout" : "stderr", text, timeMs });
        if (done === undefined) receipts.taken(executor, text.length);
        else void done.finally(() => receipts.taken(executor, text.length));
      },
    );
    this.#open = new Set(ports.keys());
    this.#line = new ProcessLine(id, (message) => postFromPage(ports[home]!, message));
    this.#processes = new PageProcesses(this.#line, defaults, modules);
    this.#pace = new PaceSwitch({
      setPace: (pace) => control.setPace(id, pace),
      step: (goal) => control.step(id, goal),
      ended: async () => (await this.exited).cause,
    });
    this.#examiner = new ProcessExaminer(ports.length, (executor, request, pid) =>
      postFromPage(ports[executor]!, { type: "examine", environment: id, request, pid }),
    );
    if (observed !== undefined) {
      this.#early = this.#createStream();
      this.#streams.set(this.#early, observed);
    }
    this.exited = Promise.race([ended, this.#cut.promise]).then(async (cause) => {
      // A lost executor never says that it is through.
      if (cause.type !== "executorLost") await Promise.race([this.#drained.promise, this.#cut.promise]);
      this.#line.close(cause);
      this.#examiner.close();
      for (const stream of this.#streams.keys()) stream.end();
      return exitReport(cause, this.#files);
    });
  }

  /** Gives the processes what they read from stdin. Rejects when the source does. */
  passInput(source: InputSource): Promise<void> {
    const push = (bytes: Uint8Array | undefined): void =>
      postFromPage(this.#ports[this.#home]!, { type: "input", environment: this.id, bytes });
    return pumpInput(source, push, this.exited, this.#input);
  }

  attach(options: PageProcessOptions = {}): Promise<PageProcess> {
    return this.#processes.attach(options);
  }

  spawn(entry: string, options?: SpawnOptions): Promise<number>;
  spawn(body: PageProcessFunction, options?: PageProcessOptions): Promise<SpawnedPageProcess>;
  spawn(
    what: string | PageProcessFunction,
    options: SpawnOptions | PageProcessOptions = {},
  ): Promise<number | SpawnedPageProcess> {
    return typeof what === "string"
      ? this.#processes.spawnModule(what, options, undefined)
      : this.#processes.spawnFunction(what, options, undefined);
  }

  lookup(name: string): Promise<number | undefined> {
    return this.#processes.lookup(name);
  }

  register(name: string, pid: number): Promise<void> {
    return this.#processes.register(name, pid);
  }

  unregister(name: string): Promise<void> {
    return this.#processes.unregister(name);
  }

  inspect(options: InspectOptions = {}): AsyncIterable<InspectionBatch> {
    const early = this.#early;
    if (early !== undefined) {
      this.#early = undefined;
      return early;
    }
    const stream = this.#createStream();
    if (this.#open.size === 0) stream.end();
    else {
      this.#streams.set(stream, options);
      this.#subscribe();
    }
    return stream;
  }

  examine(pid: number): Promise<ProcessContents | undefined> {
    return this.#examiner.examine(pid);
  }

  kill(pid: number): Promise<boolean> {
    return this.#control.kill(this.id, pid);
  }

  async stop(): Promise<void> {
    await this.#control.stop(this.id);
    await this.exited;
  }

  pause(): Promise<void> {
    return this.#pace.pause();
  }

  resume(): Promise<void> {
    return this.#pace.resume();
  }

  step(goal: StepGoal = { slices: 1 }): Promise<StepReport> {
    return this.#pace.step(goal);
  }

  setSpeed(slicesPerSecond: number | undefined): Promise<void> {
    return this.#pace.setSpeed(slicesPerSecond);
  }

  /** A message of executor `index` about this environment. */
  receive(index: number, message: EnvironmentToPage): void {
    switch (message.type) {
      case "output":
        this.#output.receive(index, message.chunks, message.answers);
        break;
      case "inputTaken":
        this.#input.taken(message.length);
        break;
      case "events":
        this.#distribute(message);
        break;
      case "processAnswer":
      case "processEnded":
        this.#line.receive(message);
        break;
      case "examined":
        this.#examiner.answered(index, message.request, message.contents);
        break;
      case "files":
        this.#files = message.files;
        break;
      case "closed":
        this.#executorDone(index);
        break;
      default:
        message satisfies never;
    }
  }

  runtimeClosed(): void {
    this.#cut.resolve({ type: "environmentEnded" });
  }

  /** Its processes are gone, and it says nothing any more: views learn it from a snapshot without any of them. */
  executorLost(index: number): void {
    const snapshot = { sequence: LAST_SEQUENCE, executor: index, processes: [] };
    for (const stream of this.#streams.keys()) stream.push({ events: [], dropped: 0, snapshot });
    this.#executorDone(index);
  }

  #executorDone(index: number): void {
    this.#output.executorGone(index);
    this.#examiner.executorGone(index);
    this.#open.delete(index);
    if (this.#open.size === 0) this.#drained.resolve();
  }

  #createStream(): InspectionStream {
    return new InspectionStream(
      (ended) => {
        this.#streams.delete(ended);
        this.#subscribe();
      },
      () => this.#toExecutors({ type: "snapshot", environment: this.id }),
    );
  }

  #distribute({ batch, snapshot }: Extract<EnvironmentToPage, { type: "events" }>): void {
    const events = unpackRecords(batch);
    for (const [stream, { kinds }] of this.#streams) {
      const selection = selectionOf(kinds);
      const wanted = selection === -1 ? events : events.filter(({ kind }) => (selection & (1 << kind)) !== 0);
      stream.push({
        events: wanted,
        dropped: batch.dropped,
        ...(snapshot === undefined ? {} : { snapshot }),
      });
    }
  }

  /** Tells the executors what all subscribers together want. */
  #subscribe(): void {
    const subscription = subscriptionOf([...this.#streams.values()]);
    this.#toExecutors({ type: "observe", environment: this.id, subscription });
  }

  #toExecutors(message: Parameters<typeof postFromPage>[1]): void {
    for (const port of this.#ports) postFromPage(port, message);
  }
}
