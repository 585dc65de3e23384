import { PageBody } from "../../executor/pageBody.ts";
import { PageProcesses as KernelSide, ProcessLauncher } from "../../executor/pageProcesses.ts";
import type { Environment } from "../../kernel/environment.ts";
import type { ExitCause } from "../../kernel/exit.ts";
import type { Pid } from "../../kernel/ids.ts";
import { Kernel } from "../../kernel/kernel.ts";
import { LocalPidDirectory } from "../../kernel/pidDirectory.ts";
import type { Process } from "../../kernel/process.ts";
import { VirtualTimers } from "../../kernel/testing/virtualTimers.ts";
import { data, ENVIRONMENT, FakeBody, PLAIN_MODULE, request, textOf } from "../../kernel/testing/world.ts";
import { type PageToProcess, type ProcessToPage, transfersOf } from "../../protocol/pageProcess.ts";
import { PageProcesses } from "../pageProcesses.ts";
import { ProcessLine } from "../processLine.ts";
import type { ProcessMessage } from "../processTypes.ts";

/**
 * A page and the kernel of its home executor, joined by a line that copies and delays as a port does. Guests are
 * processes without code, driven through the kernel.
 */
export class PageWorld {
  readonly timers = new VirtualTimers();
  readonly kernel: Kernel;
  readonly environment: Environment;
  readonly line: ProcessLine;
  /** The page's side, as an environment uses it. */
  readonly page: PageProcesses;
  readonly root: Process;
  readonly ended = new Map<Pid, ExitCause>();
  readonly started: Pid[] = [];
  /** What the page may spawn from. */
  readonly modules = new Set<number>([PLAIN_MODULE]);
  readonly #processes = new Map<Pid, Process>();
  readonly #kernelSide: KernelSide;
  readonly #launches = new Map<Process, (failure: string | undefined) => void>();
  /** Modules whose instances are not ready until `finishLaunches`. */
  readonly slowModules = new Set<number>();

  constructor() {
    this.kernel = new Kernel({
      executor: 0,
      launcher: new ProcessLauncher(
        {
          launch: (process, ready) => {
            process.body = new FakeBody();
            this.#processes.set(process.pid, process);
            if (process.entry === "does not instantiate") ready("no room for it");
            else if (this.slowModules.has(process.module)) this.#launches.set(process, ready);
            else ready(undefined);
          },
          start: (process) => this.started.push(process.pid),
        },
        (process) => {
          this.#processes.set(process.pid, process);
          return new PageBody(process, this.kernel, (number, answer) =>
            this.#toPage({ type: "processAnswer", environment: ENVIRONMENT, request: number, answer }),
          );
        },
      ),
      peers: { post: () => {} },
      modules: { hasStart: () => false, initialBytes: () => 0, compile: () => {} },
      place: () => 0,
      onProcessEnd: (process, cause) => {
        this.ended.set(process.pid, cause);
        this.#kernelSide.processEnded(process, cause);
      },
    });
    this.#kernelSide = new KernelSide({
      kernel: this.kernel,
      tellPage: (message) => this.#toPage(message),
      whenModule: (_id, then) => then(),
    });
    this.environment = this.kernel.openEnvironment(ENVIRONMENT, {
      home: 0,
      directory: new LocalPidDirectory(),
      distributed: false,
      timers: this.timers,
    });
    this.line = new ProcessLine(ENVIRONMENT, (message) => this.#toKernel(message));
    this.page = new PageProcesses(
      this.line,
      { module: { id: PLAIN_MODULE }, preopens: ["."], args: ["app"], env: {} },
      this.modules,
    );
    this.root = this.kernel.spawnRoot(this.environment, request(), () => {});
  }

  /** Tells the kernel that the environment is open here; until then what the page says waits. */
  open(): this {
    this.#kernelSide.opened(this.environment);
    return this;
  }

  /** Ends the environment as the hub does, on both sides. */
  async close(cause: ExitCause = { type: "environmentEnded" }): Promise<void> {
    this.kernel.closeEnvironment(ENVIRONMENT);
    this.#kernelSide.closed(ENVIRONMENT);
    await settled();
    this.line.close(cause);
  }

  process(pid: number): Process {
    const process = this.#processes.get(pid as Pid);
    if (process === undefined) throw new Error(`No process ${pid}`);
    return process;
  }

  /** A guest sends. */
  send(from: Process, to: number, tag: bigint, text: string, modules: readonly number[] = []): void {
    const message = data(tag, text);
    message.resources = modules.map((module) => ({ kind: "module", module: module as never }));
    this.kernel.send(from, to as Pid, message);
  }

  finishLaunches(): void {
    for (const ready of this.#launches.values()) ready(undefined);
    this.#launches.clear();
  }

  #toKernel(message: PageToProcess): void {
    const copy = structuredClone(message, { transfer: transfersOf(message) as ArrayBuffer[] });
    setImmediate(() => this.#kernelSide.handle(copy));
  }

  #toPage(message: ProcessToPage): void {
    const copy = structuredClone(message, { transfer: transfersOf(message) as ArrayBuffer[] });
    setImmediate(() => this.line.receive(copy));
  }
}

/** Resolves when what was posted before has arrived, been answered, and the answer has arrived. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export async function attached() {
  const world = new PageWorld().open();
  const self = await world.page.attach({ name: "page" });
  return { world, self };
}

export function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

/** The text of a data message, the kind of another. */
export function text(message: ProcessMessage): string {
  return message.type === "data" ? new TextDecoder().decode(message.bytes) : message.type;
}

/** What is in the mailbox of a process: tag and text of data, the kind of others. */
export function mailOf(world: PageWorld, pid: number): string[] {
  return [...world.process(pid).mailbox].map((message) =>
    message.kind === "data" ? `${message.tag} ${textOf(message)}` : message.kind,
  );
}
