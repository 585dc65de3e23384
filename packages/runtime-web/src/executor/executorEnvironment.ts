import { CausalSequence } from "../inspect/causalSequence.ts";
import { EventKind, type EventSink } from "../inspect/events.ts";
import { MessageWatch } from "../inspect/messageWatch.ts";
import { type Pace, PaceCode, RUNNING } from "../inspect/pace.ts";
import { type SequenceSource, SharedSequence } from "../inspect/recorder.ts";
import type { Subscription } from "../inspect/subscription.ts";
import type { ProcessConfig } from "../kernel/config.ts";
import type { Environment } from "../kernel/environment.ts";
import type { Process } from "../kernel/process.ts";
import type { ExecutorToPage, HubToExecutor } from "../protocol/hubExecutor.ts";
import type { DeterministicRun } from "../protocol/pacing.ts";
import type { RuntimeSettings } from "../protocol/settings.ts";
import type { CompiledModule } from "../scheduler/compiledModule.ts";
import type { Domain } from "../scheduler/domain.ts";
import { fillTree } from "../storage/fileSet.ts";
import { createMemoryTree } from "../storage/memory/memoryTree.ts";
import { executorOwner } from "../storage/shared/owners.ts";
import { SharedTree } from "../storage/shared/sharedTree.ts";
import type { Stdio, WasiClock } from "../wasi/index.ts";
import { createWasiClock } from "./environmentTime.ts";
import { type Labeller, Observation } from "./observation.ts";
import { Output } from "./output.ts";
import { AbsentFiles, MemoryFiles, type RunFiles } from "./runFiles.ts";
import { createSeededRandom } from "./seededRandom.ts";
import { StandardInput } from "./standardInput.ts";

type OpenMessage = Extract<HubToExecutor, { type: "open" }>;

/** Full buffers of records that are posted between two flushes; what comes then is dropped and counted. */
const EARLY_POSTS = 7;

/**
 * Stacks that are taken of an observed environment: at most so many between two flushes, and in the long run. One takes 25 to
 * 60 µs (Node 20, busy machine).
 */
const STACKS_AT_ONCE = 16;
const STACKS_PER_FLUSH = 4;

/** What one executor holds of an environment besides the kernel's part: files, streams, observers. */
export class ExecutorEnvironment {
  readonly kernelPart: Environment;
  readonly domain: Domain;
  readonly clock: WasiClock;
  readonly files: RunFiles;
  /** It has a stdin, at its home. */
  readonly hasInput: boolean;
  readonly stdin: StandardInput;
  /** The page wants the files of this executor's tree when the run has ended. */
  readonly returnsFiles: boolean;
  readonly output: Output;
  readonly #executor: number;
  readonly #deterministic: DeterministicRun | undefined;
  readonly #sequence: SequenceSource;
  readonly #causal: CausalSequence | undefined;
  readonly #labeller: Labeller;
  readonly #post: (message: ExecutorToPage) => void;
  #observation: Observation | undefined;
  #subscription: Subscription | undefined;
  #watch: MessageWatch | undefined;
  #pace = RUNNING;
  #earlyLeft = EARLY_POSTS;

  constructor(
    kernelPart: Environment,
    domain: Domain,
    open: OpenMessage,
    executor: number,
    settings: RuntimeSettings,
    runtimeFiles: RunFiles,
    labeller: Labeller,
    post: (message: ExecutorToPage) => void,
  ) {
    this.kernelPart = kernelPart;
    this.domain = domain;
    this.#executor = executor;
    this.#deterministic = open.deterministic;
    this.clock = createWasiClock(domain.clock, open.deterministic, settings.isShared);
    this.#causal = open.sequence === undefined ? new CausalSequence(executor, settings.executors) : undefined;
    this.#sequence = this.#causal ?? new SharedSequence(new Int32Array(open.sequence!));
    this.#labeller = labeller;
    this.#post = post;
    const isHome = open.home === executor;
    this.files = this.#createFiles(open, runtimeFiles);
    if (isHome && open.files.type === "private") fillTree(this.files.tree, open.files.initial);
    this.hasInput = open.hasInput;
    this.stdin = new StandardInput((length) =>
      post({ type: "inputTaken", environment: open.environment, length }),
    );
    this.returnsFiles = isHome && open.returnsFiles;
    if (!isHome || !open.hasInput) this.stdin.end();
    this.output = new Output(
      open.outputEncoding,
      this.#sequence,
      () => domain.clock.nowMs(),
      (chunks, answers) => post({ type: "output", environment: open.environment, chunks, answers }),
    );
    this.observe(open.observe);
  }

  /** Those of the runtime, or of its own: in shared memory, or in its home's. */
  #createFiles({ files, home }: OpenMessage, runtimeFiles: RunFiles): RunFiles {
    if (files.type === "runtime") return runtimeFiles;
    const nowNs = () => this.clock.realtimeNs();
    if (files.buffer !== undefined)
      return new MemoryFiles(new SharedTree(files.buffer, executorOwner(this.#executor), nowNs), undefined);
    return home === this.#executor ? new MemoryFiles(createMemoryTree(nowNs), home) : new AbsentFiles(home);
  }

  /**
   * The executor that a process of this module has to be on: where its files are, or its stdin; undefined: any.
   */
  boundTo(module: CompiledModule, config: ProcessConfig): number | undefined {
    if (module.readsInput && this.hasInput) return this.kernelPart.home;
    const usesFiles = module.opensFiles && config.preopenedDirs.length > 0;
    return usesFiles || module.preopensDirectories ? this.files.executor : undefined;
  }

  /** The newest number of its events here, for envelopes; 0 where all executors count in one place. */
  get lastSequence(): number {
    return this.#causal?.last ?? 0;
  }

  /** An envelope came that was sent after the event with this number. */
  witness(sequence: number): void {
    this.#causal?.witness(sequence);
    this.output.separate();
  }

  /** @param subscription undefined: nobody observes any more */
  observe(subscription: Subscription | undefined): void {
    this.#subscription = subscription;
    if (subscription === undefined) {
      this.#observation = undefined;
      this.#setSink();
      return;
    }
    this.#observation ??= new Observation(this.kernelPart, this.#labeller, {
      executor: this.#executor,
      environment: this.kernelPart.id,
      sequence: this.#sequence,
      nowMs: () => this.domain.eventClock.nowMs(),
      onFull: () => this.#postEarly(),
    });
    const { kinds } = subscription;
    this.domain.stacksToTake = STACKS_AT_ONCE;
    this.#observation.recorder.select(kinds === "all" ? undefined : kinds);
    this.#setDetail();
    this.#observation.wantSnapshot(this.#pace);
    this.#setSink();
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** For those who look on: it is the scheduler that makes it so. */
  set pace(pace: Pace) {
    this.#pace = pace;
    this.#setDetail();
    const { sink, home, root } = this.kernelPart;
    if (home !== this.#executor) return;
    sink?.emit(EventKind.Pace, root, pace.slicesPerSecond ?? 0, 0n, PaceCode[pace.state]);
  }

  /** From now on it is noted whether messages are sent or taken. */
  watchMessages(): void {
    this.#watch = new MessageWatch(this.#observation?.recorder);
    this.#setSink();
  }

  /** @returns whether any were since `watchMessages` */
  unwatchMessages(): boolean {
    const hasSeen = this.#watch?.hasSeen ?? false;
    this.#watch = undefined;
    this.#setSink();
    return hasSeen;
  }

  /** Records the counters of its processes. */
  sample(): void {
    this.#observation?.sample();
  }

  wantSnapshot(): void {
    this.#observation?.wantSnapshot(this.#pace);
  }

  /** @param written told how many bytes a process has written, after they are taken */
  stdioOf(process: Process, written: (bytes: number) => void): Stdio {
    const { output, stdin, kernelPart, domain } = this;
    return {
      write: (stream, bytes) => {
        output.write(process.pid, stream, bytes, kernelPart.sink);
        written(bytes.length);
      },
      // Of a deterministic run no process waits by itself: when it would go on is the page's to say (WasiHost).
      hasRoom: () => domain.isDeterministic || !output.window.isFull,
      read: (maxBytes) => stdin.read(maxBytes),
      available: () => stdin.available(),
    };
  }

  /** Fills an array with random bytes. Of a deterministic run they are the same every time. */
  randomOf(process: Process): (into: Uint8Array) => void {
    if (this.#deterministic !== undefined) return createSeededRandom(this.#deterministic.seed, process.pid);
    return (into) => {
      crypto.getRandomValues(into as Uint8Array<ArrayBuffer>);
    };
  }

  /** Posts what has gathered for the page. @param isLast  it is closed */
  flush(isLast = false): void {
    this.output.flush();
    this.#allowStacks();
    // A deterministic run samples by its own time (Domain), not by that of the flush timer.
    if (this.#deterministic === undefined) this.sample();
    this.#observation?.recorder.nextSample(isLast);
    this.#postEvents();
    this.#earlyLeft = EARLY_POSTS;
  }

  #allowStacks(): void {
    const left = Math.max(0, this.domain.stacksToTake) + STACKS_PER_FLUSH;
    this.domain.stacksToTake = this.#observation === undefined ? 0 : Math.min(STACKS_AT_ONCE, left);
  }

  /** A full buffer is posted at once, as long as the page is not drowned; a run that repeats loses nothing. */
  #postEarly(): void {
    if (this.#deterministic === undefined && --this.#earlyLeft < 0) return;
    this.output.flush();
    this.#postEvents();
  }

  #postEvents(): void {
    const taken = this.#observation?.take(this.#pace);
    if (taken !== undefined) this.#post({ type: "events", ...taken });
  }

  /** Who goes step by step, slowly or through a run that repeats wants to see each message. */
  #setDetail(): void {
    if (this.#observation === undefined) return;
    const isUnhurried = this.#pace.state !== "running" || this.#deterministic !== undefined;
    this.#observation.recorder.detail = isUnhurried ? "full" : (this.#subscription?.detail ?? "sampled");
  }

  #setSink(): void {
    const sink: EventSink | undefined = this.#watch ?? this.#observation?.recorder;
    this.kernelPart.sink = sink;
  }
}
