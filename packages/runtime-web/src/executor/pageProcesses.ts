import { type EntryParam, encodeEntryParams } from "../abi/entryParams.ts";
import { EventKind } from "../inspect/events.ts";
import type { Launcher } from "../kernel/collaborators.ts";
import type { Environment } from "../kernel/environment.ts";
import { describeExit, type ExitCause } from "../kernel/exit.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { type ModuleId, NO_PID, PAGE_MODULE, type Pid } from "../kernel/ids.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { DataMessage } from "../kernel/message.ts";
import type { RegistryAnswer, RegistryOperation } from "../kernel/peers.ts";
import type { Process } from "../kernel/process.ts";
import type { ProcessSpec, SpawnOutcome } from "../kernel/spawnRequest.ts";
import type {
  PageExit,
  PageToProcess,
  ProcessAnswer,
  ProcessCommand,
  ProcessQuestion,
  ProcessToPage,
  SpawnQuestion,
} from "../protocol/pageProcess.ts";
import type { PageBody } from "./pageBody.ts";

/** Id of this node in the registry (host ABI 3.9). */
const OWN_NODE = 0n;

type Answer = (answer: ProcessAnswer) => void;

export interface PageProcessesOptions {
  readonly kernel: Kernel;
  readonly tellPage: (message: ProcessToPage) => void;
  /** Calls `then` when the module is here, now or later: the page's word can outrun the hub's parcel. */
  whenModule(id: ModuleId, then: () => void): void;
}

/**
 * The processes whose code runs on the page. They live in the kernel of their environment's home executor like any
 * other, so that order, links and names are the kernel's; this carries out what their code asks for from afar.
 */
export class PageProcesses {
  readonly #options: PageProcessesOptions;
  /** What the page asked of environments that the hub's message has not opened here yet. */
  readonly #early = new Map<number, PageToProcess[]>();
  readonly #open = new Map<number, Environment>();
  /** Environments are opened in order of their ids. */
  #lastOpened = 0;

  constructor(options: PageProcessesOptions) {
    this.#options = options;
  }

  opened(environment: Environment): void {
    this.#open.set(environment.id, environment);
    this.#lastOpened = environment.id;
    const early = this.#early.get(environment.id) ?? [];
    this.#early.delete(environment.id);
    for (const message of early) this.handle(message);
  }

  closed(id: number): void {
    this.#open.delete(id);
  }

  /** A message of the page. What is for an environment that has ended is dropped: the page learns of the end by itself. */
  handle(message: PageToProcess): void {
    const environment = this.#open.get(message.environment);
    if (environment === undefined) {
      if (message.environment > this.#lastOpened) this.#keep(message);
      return;
    }
    if (environment.closed) return;
    if (message.type === "processCommand") {
      this.#command(environment, message.pid as Pid, message.command);
      return;
    }
    const { environment: id, request, question } = message;
    this.#question(environment, request, question, (answer) => {
      this.#options.tellPage({ type: "processAnswer", environment: id, request, answer });
    });
  }

  /** Tells the page if the process was one of its own. */
  processEnded(process: Process, cause: ExitCause): void {
    if (process.module !== PAGE_MODULE) return;
    const environment = process.environment.id;
    this.#options.tellPage({ type: "processEnded", environment, pid: process.pid, cause });
  }

  #keep(message: PageToProcess): void {
    const early = this.#early.get(message.environment);
    if (early === undefined) this.#early.set(message.environment, [message]);
    else early.push(message);
  }

  #command(environment: Environment, pid: Pid, command: ProcessCommand): void {
    const process = pageProcess(environment, pid);
    if (process === undefined) return;
    const { kernel } = this.#options;
    switch (command.type) {
      case "send":
        kernel.send(process, command.to as Pid, dataMessage(command));
        return;
      case "link":
        kernel.link(process, command.tag, command.to as Pid);
        return;
      case "unlink":
        kernel.unlink(process, command.to as Pid);
        return;
      case "monitor":
        kernel.monitor(process, command.to as Pid);
        return;
      case "stopMonitoring":
        kernel.stopMonitoring(process, command.to as Pid);
        return;
      case "kill":
        kernel.kill(process, command.to as Pid);
        return;
      case "dieWhenLinkDies":
        kernel.dieWhenLinkDies(process, command.on);
        return;
      case "abandonReceive":
        bodyOf(process).abandonReceive(command.request);
        return;
      case "exit":
        this.#exit(process, command.cause);
        return;
      default:
        command satisfies never;
    }
  }

  #exit(process: Process, cause: PageExit): void {
    if (cause.type === "threw") {
      const text = `${describeExit(cause)}\n${cause.stack}`;
      process.environment.sink?.emit(EventKind.Trap, process.pid, 0, 0n, 0, text);
    }
    this.#options.kernel.exit(process, cause);
  }

  #question(environment: Environment, request: number, question: ProcessQuestion, answer: Answer): void {
    switch (question.type) {
      case "spawn":
        if (question.module === PAGE_MODULE) this.#spawn(environment, question, answer);
        else {
          this.#options.whenModule(question.module as ModuleId, () => {
            if (!environment.closed) this.#spawn(environment, question, answer);
          });
        }
        return;
      case "receive": {
        const process = pageProcess(environment, question.pid as Pid);
        if (process !== undefined) bodyOf(process).receive(request, question.tags, question.timeoutMs);
        return;
      }
      case "register":
        this.#ask(
          environment,
          question.name,
          { type: "put", entry: { node: OWN_NODE, pid: BigInt(question.pid) } },
          () => answer({ type: "done" }),
        );
        return;
      case "unregister":
        this.#ask(environment, question.name, { type: "remove" }, () => answer({ type: "done" }));
        return;
      case "lookup":
        this.#ask(environment, question.name, { type: "get" }, (found) => {
          const pid = found.type === "found" ? Number(found.entry.pid) : undefined;
          answer({ type: "found", pid });
        });
        return;
      default:
        question satisfies never;
    }
  }

  #ask(
    environment: Environment,
    name: string,
    operation: RegistryOperation,
    answer: (answer: RegistryAnswer) => void,
  ): void {
    // The page does not withdraw a question: none has this number.
    const asker = { executor: environment.home, request: 0 };
    environment.registry!.request(name, operation, asker, true, answer);
  }

  #spawn(environment: Environment, question: SpawnQuestion, answer: Answer): void {
    const spec: ProcessSpec = {
      module: question.module as ModuleId,
      entry: question.entry,
      params: encodeEntryParams(question.params.map(toEntryParam)),
      config: question.config,
    };
    const completed = (outcome: SpawnOutcome): void => {
      if ("failure" in outcome) {
        answer({ type: "failed", message: outcome.failure });
        return;
      }
      const { pid } = outcome;
      if (question.name === undefined) {
        answer({ type: "spawned", pid });
        return;
      }
      const entry = { node: OWN_NODE, pid: BigInt(pid) };
      this.#ask(environment, question.name, { type: "put", entry }, () => answer({ type: "spawned", pid }));
    };
    if (question.parent === NO_PID) this.#options.kernel.spawnDetached(environment, spec, completed);
    else this.#spawnChild(environment, question, spec, completed);
  }

  #spawnChild(
    environment: Environment,
    question: SpawnQuestion,
    spec: ProcessSpec,
    completed: (outcome: SpawnOutcome) => void,
  ): void {
    const parent = pageProcess(environment, question.parent as Pid);
    if (parent === undefined) {
      completed({ failure: `its parent ${question.parent} has ended` });
      return;
    }
    const body = bodyOf(parent);
    let abandon: (() => void) | undefined;
    try {
      abandon = this.#options.kernel.spawnBeside(parent, { ...spec, link: question.link }, (outcome) => {
        if (abandon !== undefined) body.spawnCompleted(abandon);
        completed(outcome);
      });
      if (abandon !== undefined) body.spawnBegan(abandon);
    } catch (error) {
      if (!(error instanceof GuestTrap)) throw error;
      completed({ failure: error.message });
    }
  }
}

/** Gives processes of the page their body, and all others theirs. */
export class ProcessLauncher implements Launcher {
  readonly #wasm: Launcher;
  readonly #createBody: (process: Process) => PageBody;

  constructor(wasm: Launcher, createBody: (process: Process) => PageBody) {
    this.#wasm = wasm;
    this.#createBody = createBody;
  }

  launch(process: Process, ready: (failure: string | undefined) => void): void {
    if (process.module !== PAGE_MODULE) {
      this.#wasm.launch(process, ready);
      return;
    }
    process.body = this.#createBody(process);
    ready(undefined);
  }

  start(process: Process): void {
    // The kernel counts a process as started from its first slice on; these have none.
    if (process.module !== PAGE_MODULE) {
      this.#wasm.start(process);
      return;
    }
    process.state = "runnable";
    process.environment.sink?.emit(EventKind.Start, process.pid, 0, 0n, 0);
  }
}

/** undefined if it has ended. */
function pageProcess(environment: Environment, pid: Pid): Process | undefined {
  const process = environment.processes.get(pid);
  return process?.module === PAGE_MODULE ? process : undefined;
}

function bodyOf(process: Process): PageBody {
  return process.body as PageBody;
}

function dataMessage(command: Extract<ProcessCommand, { type: "send" }>): DataMessage {
  const { tag, bytes, modules } = command;
  return {
    kind: "data",
    tag,
    buffer: bytes,
    length: bytes.length,
    readPosition: 0,
    resources: modules.map((module) => ({ kind: "module", module: module as ModuleId })),
    from: NO_PID,
    isUntold: false,
  };
}

function toEntryParam(value: number | bigint): EntryParam {
  return typeof value === "number" ? { type: "i32", value } : { type: "i64", value };
}
