import { CausalSequence } from "../inspect/causalSequence.ts";
import type { EventKind } from "../inspect/events.ts";
import { type SequenceSource, SharedSequence } from "../inspect/recorder.ts";
import type { Environment } from "../kernel/environment.ts";
import type { Process } from "../kernel/process.ts";
import type { ExecutorToPage, HubToExecutor } from "../protocol/hubExecutor.ts";
import { fillTree } from "../storage/fileSet.ts";
import type { FileTree } from "../storage/fileTree.ts";
import { createMemoryTree } from "../storage/memory/memoryTree.ts";
import type { Stdio, WasiClock } from "../wasi/index.ts";
import { type Labeller, Observation } from "./observation.ts";
import { Output } from "./output.ts";
import { StandardInput } from "./standardInput.ts";

type OpenMessage = Extract<HubToExecutor, { type: "open" }>;

/** What one executor holds of an environment besides the kernel's part: files, streams, observers. */
export class ExecutorEnvironment {
  readonly kernelPart: Environment;
  readonly tree: FileTree;
  readonly stdin = new StandardInput();
  /** The page wants the files of this executor's tree when the run has ended. */
  readonly returnsFiles: boolean;
  readonly output: Output;
  readonly #executor: number;
  readonly #startedAtMs: number;
  readonly #sequence: SequenceSource;
  readonly #causal: CausalSequence | undefined;
  readonly #labeller: Labeller;
  readonly #post: (message: ExecutorToPage) => void;
  #observation: Observation | undefined;

  constructor(
    kernelPart: Environment,
    open: OpenMessage,
    executor: number,
    executors: number,
    clock: WasiClock,
    labeller: Labeller,
    post: (message: ExecutorToPage) => void,
  ) {
    this.kernelPart = kernelPart;
    this.#executor = executor;
    this.#startedAtMs = open.startedAtMs - performance.timeOrigin;
    this.#causal = open.sequence === undefined ? new CausalSequence(executor, executors) : undefined;
    this.#sequence = this.#causal ?? new SharedSequence(new Int32Array(open.sequence!));
    this.#labeller = labeller;
    this.#post = post;
    this.tree = createMemoryTree(() => clock.realtimeNs());
    fillTree(this.tree, open.files);
    const isHome = open.home === executor;
    this.returnsFiles = isHome && open.returnsFiles;
    if (!isHome || !open.hasInput) this.stdin.end();
    this.output = new Output(this.#sequence, (chunks, answers) =>
      post({ type: "output", environment: open.environment, chunks, answers }),
    );
    this.observe(open.observe);
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

  /** @param kinds undefined: nobody observes any more */
  observe(kinds: readonly EventKind[] | "all" | undefined): void {
    if (kinds === undefined) {
      this.#observation = undefined;
      this.kernelPart.sink = undefined;
      return;
    }
    this.#observation ??= new Observation(this.kernelPart, this.#labeller, {
      executor: this.#executor,
      environment: this.kernelPart.id,
      sequence: this.#sequence,
      nowMs: () => performance.now() - this.#startedAtMs,
    });
    this.#observation.recorder.select(kinds === "all" ? undefined : kinds);
    this.#observation.wantSnapshot();
    this.kernelPart.sink = this.#observation.recorder;
  }

  wantSnapshot(): void {
    this.#observation?.wantSnapshot();
  }

  stdioOf(process: Process): Stdio {
    const { output, stdin, kernelPart } = this;
    return {
      write: (stream, bytes) => output.write(process.pid, stream, bytes, kernelPart.sink),
      read: (maxBytes) => stdin.read(maxBytes),
      available: () => stdin.available(),
    };
  }

  /** Posts what has gathered for the page. */
  flush(): void {
    this.output.flush();
    const taken = this.#observation?.take();
    if (taken !== undefined) this.#post({ type: "events", ...taken });
  }
}
