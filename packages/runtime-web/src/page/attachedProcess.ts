import type { ExitCause } from "../kernel/exit.ts";
import type { PageExit, ProcessAnswer, ProcessCommand, ProcessQuestion } from "../protocol/pageProcess.ts";
import { ProcessEndedError } from "./errors.ts";
import { exitReport } from "./exitReport.ts";
import { MailboxReader } from "./mailboxReader.ts";
import type { PageProcesses } from "./pageProcesses.ts";
import type { LineProcess, ProcessLine } from "./processLine.ts";
import type {
  LinkOptions,
  ModuleReference,
  PageProcess,
  PageProcessFunction,
  PageProcessOptions,
  ProcessMessage,
  ReceiveOptions,
  SpawnedPageProcess,
  SpawnOptions,
} from "./processTypes.ts";
import { toTag } from "./tags.ts";
import type { ExitReport } from "./types.ts";

/** The page's end of a process of its own. Its mailbox, links and names are in the kernel at the other end of the line. */
export class AttachedProcess implements PageProcess, LineProcess {
  readonly pid: number;
  readonly ended: Promise<ExitReport>;
  readonly #line: ProcessLine;
  readonly #processes: PageProcesses;
  readonly #mailbox: MailboxReader;
  readonly #lifetime = new AbortController();
  /** What it has asked and not been answered, by number. */
  readonly #asking = new Map<number, (error: Error) => void>();
  #resolveEnded!: (report: ExitReport) => void;
  #error: ProcessEndedError | undefined;

  constructor(pid: number, line: ProcessLine, processes: PageProcesses) {
    this.pid = pid;
    this.#line = line;
    this.#processes = processes;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#mailbox = new MailboxReader({
      pid,
      ask: (tags, timeoutMs, answered, failed) =>
        this.#askFor({ type: "receive", pid, tags, timeoutMs }, answered, failed),
      abandon: (request) => this.#line.command(pid, { type: "abandonReceive", request }),
      decode: ({ message }) => this.#processes.decode(message),
    });
  }

  get signal(): AbortSignal {
    return this.#lifetime.signal;
  }

  send(to: number, tag: number | bigint, bytes: Uint8Array, modules: readonly ModuleReference[] = []): void {
    this.#command({
      type: "send",
      to,
      tag: toTag(tag),
      bytes: bytes.slice() as Uint8Array<ArrayBuffer>,
      modules: modules.map((module) => this.#processes.requireModule(module)),
    });
  }

  async receive(options: ReceiveOptions = {}): Promise<ProcessMessage> {
    this.#requireAlive();
    return this.#mailbox.receive(options);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ProcessMessage, void, undefined> {
    for (;;) {
      try {
        yield await this.receive();
      } catch (error) {
        if (error === this.#error && isQuiet(this.#error!.exitCause)) return;
        throw error;
      }
    }
  }

  link(to: number, tag: number | bigint = 0): void {
    this.#command({ type: "link", to, tag: toTag(tag) });
  }

  unlink(from: number): void {
    this.#command({ type: "unlink", to: from });
  }

  monitor(pid: number): void {
    this.#command({ type: "monitor", to: pid });
  }

  stopMonitoring(pid: number): void {
    this.#command({ type: "stopMonitoring", to: pid });
  }

  kill(pid: number): void {
    this.#command({ type: "kill", to: pid });
  }

  dieWhenLinkDies(on: boolean): void {
    this.#command({ type: "dieWhenLinkDies", on });
  }

  async register(name: string): Promise<void> {
    await this.ask({ type: "register", name, pid: this.pid });
  }

  spawn(entry: string, options?: SpawnOptions & LinkOptions): Promise<number>;
  spawn(body: PageProcessFunction, options?: PageProcessOptions & LinkOptions): Promise<SpawnedPageProcess>;
  async spawn(
    what: string | PageProcessFunction,
    options: (SpawnOptions | PageProcessOptions) & LinkOptions = {},
  ): Promise<number | SpawnedPageProcess> {
    this.#requireAlive();
    return typeof what === "string"
      ? this.#processes.spawnModule(what, options, this)
      : this.#processes.spawnFunction(what, options, this);
  }

  async close(failure?: Error): Promise<void> {
    this.exit(failure === undefined ? { type: "returned" } : thrown(failure));
    await this.ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Runs the code of a process written in TypeScript. Once it is dead, what its code does further has no effect. */
  async run(body: PageProcessFunction): Promise<void> {
    try {
      await body(this);
      this.exit({ type: "returned" });
    } catch (error) {
      this.exit(thrown(error));
    }
  }

  exit(cause: PageExit): void {
    if (this.#error === undefined) this.#line.command(this.pid, { type: "exit", cause });
  }

  hasEnded(cause: ExitCause): void {
    this.#error = new ProcessEndedError(this.pid, cause);
    for (const [request, fail] of this.#asking) {
      this.#line.forget(request);
      fail(this.#error);
    }
    this.#asking.clear();
    this.#resolveEnded(exitReport(cause));
    this.#lifetime.abort(this.#error);
  }

  /** @throws ProcessEndedError the process has ended, or ends before it is answered */
  ask(question: ProcessQuestion): Promise<ProcessAnswer> {
    return new Promise((resolve, reject) => {
      this.#requireAlive();
      this.#askFor(question, resolve, reject);
    });
  }

  #askFor(
    question: ProcessQuestion,
    answered: (answer: ProcessAnswer) => void,
    failed: (error: Error) => void,
  ): number {
    const request = this.#line.askFor(question, {
      resolve: (answer) => {
        this.#asking.delete(request);
        answered(answer);
      },
      reject: failed,
    });
    this.#asking.set(request, failed);
    return request;
  }

  #command(command: ProcessCommand): void {
    this.#requireAlive();
    this.#line.command(this.pid, command);
  }

  #requireAlive(): void {
    if (this.#error !== undefined) throw this.#error;
  }
}

/** Ends that a loop over all messages takes as its own end. */
function isQuiet(cause: ExitCause): boolean {
  return cause.type === "returned" || cause.type === "threw" || cause.type === "environmentEnded";
}

function thrown(error: unknown): PageExit {
  if (!(error instanceof Error)) return { type: "threw", message: String(error), stack: "" };
  return { type: "threw", message: `${error.name}: ${error.message}`, stack: error.stack ?? "" };
}
