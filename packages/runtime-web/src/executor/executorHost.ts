import { linkImports } from "../abi/linkImports.ts";
import { MetricsStore } from "../abi/metricsStore.ts";
import type { ExitCause } from "../kernel/exit.ts";
import { type EnvironmentId, type ModuleId, PAGE_MODULE, type Pid } from "../kernel/ids.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Process } from "../kernel/process.ts";
import type { CompileOutcome, SpawnRequest } from "../kernel/spawnRequest.ts";
import type {
  ExecutorToHub,
  ExecutorToPage,
  HubToExecutor,
  PageToExecutor,
} from "../protocol/hubExecutor.ts";
import type { PaceReport } from "../protocol/pacing.ts";
import { STACK_CELLS_AT } from "../protocol/settings.ts";
import { BodyLauncher } from "../scheduler/bodyLauncher.ts";
import { Hold } from "../scheduler/domain.ts";
import { Scheduler } from "../scheduler/scheduler.ts";
import { STACK_BUDGET_CELLS, StackBudget } from "../scheduler/stackBudget.ts";
import { readTree } from "../storage/fileSet.ts";
import { wasiFunctions } from "../wasi/index.ts";
import { createBrowserPlatform } from "./browserPlatform.ts";
import { EnvelopeTally } from "./envelopeTally.ts";
import { createClock } from "./environmentTime.ts";
import { answerExamine } from "./examineProcess.ts";
import { ExecutorDatabases } from "./executorDatabases.ts";
import { ExecutorEnvironment } from "./executorEnvironment.ts";
import { ExecutorModules } from "./executorModules.ts";
import { Floods } from "./floods.ts";
import { holdUntil } from "./hostWork.ts";
import { LoadNews } from "./loadNews.ts";
import { openPidDirectory } from "./openPidDirectory.ts";
import { PaceControl } from "./paceControl.ts";
import { PageBody } from "./pageBody.ts";
import { PageProcesses, ProcessLauncher } from "./pageProcesses.ts";
import { PeerNetwork } from "./peerNetwork.ts";
import { PlacementBoard } from "./placementBoard.ts";
import { ProcessLabels } from "./processLabels.ts";
import { requireDirectories } from "./requireDirectories.ts";
import type { RunFiles } from "./runFiles.ts";
import { StackLoans } from "./stackLoans.ts";
import { tellStall } from "./stallNotice.ts";
import { countUsage } from "./usage.ts";
import { WasiHost } from "./wasiHost.ts";
import { WorkSharing } from "./workSharing.ts";

/** How often output and inspection records are posted, milliseconds: about 30 times a second. */
const FLUSH_MS = 33;
/** An executor that has been busy for so long without a pause places new processes elsewhere, if others have less to do. */
const SATURATED_MS = 50;

export type InitMessage = Extract<HubToExecutor, { type: "init" }>;

/** One executor: the kernel, the scheduler, and the host functions of its worker, driven by the hub's messages. */
export class ExecutorHost {
  readonly #init: InitMessage;
  readonly #tellHub: (message: ExecutorToHub) => void;
  readonly #tellPage: (message: ExecutorToPage) => void;
  readonly #modules: ExecutorModules;
  readonly #environments = new Map<number, ExecutorEnvironment>();
  readonly #compiling = new Map<number, (outcome: CompileOutcome) => void>();
  readonly #stacks: StackBudget;
  readonly #loans: StackLoans;
  readonly #scheduler: Scheduler;
  readonly #kernel: Kernel;
  readonly #labels: ProcessLabels;
  readonly #pace: PaceControl;
  readonly #tally: EnvelopeTally;
  readonly #peers: PeerNetwork;
  readonly #board: PlacementBoard;
  readonly #sharing: WorkSharing;
  readonly #pageProcesses: PageProcesses;
  readonly #floods: Floods;
  readonly #databases: ExecutorDatabases;
  readonly #runtimeFiles: RunFiles;
  #nextRequest = 1;

  constructor(
    init: InitMessage,
    runtimeFiles: RunFiles,
    tellHub: (message: ExecutorToHub) => void,
    tellPage: (message: ExecutorToPage) => void,
  ) {
    this.#init = init;
    this.#tellHub = tellHub;
    this.#tellPage = tellPage;
    const { settings, index } = init;
    this.#runtimeFiles = runtimeFiles;
    this.#modules = new ExecutorModules(index);
    const cells = new Int32Array(init.cells);
    this.#floods = new Floods(settings.mailLimitBytes, tellHub);
    const tally = new EnvelopeTally(settings.executors);
    this.#tally = tally;
    const news = new LoadNews(
      () => performance.now(),
      (runnable) => this.#peers.postLoad(runnable),
    );
    this.#board = new PlacementBoard(cells, index, settings.executors, settings.isShared ? undefined : news);
    this.#labels = new ProcessLabels((id) => this.#modules.require(id));
    this.#peers = new PeerNetwork({
      own: index,
      links: init.peers,
      bells: init.bells,
      sequence: (environment) => this.#environments.get(environment)?.lastSequence ?? 0,
      receive: (from, envelope, sequence) => {
        tally.received(envelope.environment, from);
        this.#environments.get(envelope.environment)?.witness(sequence);
        if (envelope.type === "spawn" || envelope.type === "move") this.#board.gotWork();
        this.#kernel.receiveEnvelope(from, envelope);
      },
      backlogLimitBytes: settings.mailLimitBytes,
      overflow: (id, to) => this.#floods.overflow(this.#environments.get(id)?.kernelPart, to),
      receiveLoad: (from, runnable) => this.#board.heard(from, runnable),
      receiveLoan: (from, word) => this.#loans.receive(from, word),
      arrived: () => this.#scheduler.kick(),
    });
    this.#stacks = new StackBudget(
      cells.subarray(STACK_CELLS_AT, STACK_CELLS_AT + STACK_BUDGET_CELLS),
      settings.stackLimit,
      settings.isShared ? 1 : settings.executors,
    );
    this.#scheduler = new Scheduler({
      platform: createBrowserPlatform(),
      stackBudget: this.#stacks,
      shareWork: () => this.#sharing.share(),
      linker: { link: (module) => linkImports(module.info.imports, binding, wasi).imports },
      pollPeers: () => this.#peers.poll(),
      publishLoad: (runnable) => this.#board.publish(runnable),
      onStall: () => this.#loans.tick(),
    });
    this.#loans = new StackLoans({
      budget: this.#stacks,
      others: [...init.peers.keys()].filter((other) => other !== index),
      waiting: () => this.#scheduler.awaitingStack,
      tell: (to, word) => this.#peers.postLoan(to, word),
      isResting: () => this.#scheduler.runnable === 0 && this.#scheduler.domains.isIdle,
      stalled: (waiting) => tellStall(this.#environments.values(), waiting, settings.stackLimit),
    });
    this.#kernel = new Kernel({
      executor: index,
      launcher: new ProcessLauncher(new BodyLauncher(this.#modules, this.#scheduler), (process) =>
        this.#createPageBody(process),
      ),
      peers: {
        post: (to, envelope) => {
          tally.posted(envelope.environment, to);
          this.#peers.post(to, envelope);
        },
      },
      place: (request, caller) => this.#place(request, caller),
      describe: (process) => this.#labels.label(process),
      modules: {
        hasStart: (id) => this.#modules.require(id).info.hasStart,
        initialBytes: (id) => (id === PAGE_MODULE ? 0 : this.#modules.require(id).initialBytes),
        compile: (bytes, done) => this.#compile(bytes, done),
      },
      onProcessEnd: (process, cause) => this.#processEnded(process, cause),
      mailLimitBytes: settings.mailLimitBytes,
      onMailFull: (environment) => this.#floods.mailFull(environment),
    });
    this.#pageProcesses = new PageProcesses({
      kernel: this.#kernel,
      tellPage,
      whenModule: (id, then) => {
        if (this.#modules.module(id) !== undefined) then();
        else this.#modules.awaitModule(id, then);
      },
    });
    this.#sharing = new WorkSharing(
      this.#kernel,
      this.#scheduler,
      this.#board,
      ({ process, module }) => this.#environmentOf(process).boundTo(module, process.config) !== undefined,
    );
    this.#pace = new PaceControl(this.#scheduler, index, tally);
    this.#databases = new ExecutorDatabases(
      this.#scheduler,
      (process) => this.#environmentOf(process).files.tree,
      () => tellPage({ type: "wantDatabases" }),
    );
    const binding = this.#scheduler.createBinding(this.#kernel, new MetricsStore(), this.#databases);
    const wasi = wasiFunctions(
      new WasiHost(binding, this.#scheduler, (process) => this.#environmentOf(process)),
    );
    setInterval(() => {
      this.#flush();
      this.#loans.tick();
    }, FLUSH_MS);
  }

  /** A message of the hub. */
  handle(message: Exclude<HubToExecutor, { type: "init" }>): void {
    switch (message.type) {
      case "module":
        this.#modules.add(message.module);
        break;
      case "open":
        this.#open(message);
        break;
      case "runRoot":
        this.#runRoot(message);
        break;
      case "kill": {
        const environment = this.#environments.get(message.environment);
        const found =
          environment !== undefined &&
          this.#kernel.killFromOutside(environment.kernelPart, message.pid as Pid);
        this.#tellHub({ type: "killed", request: message.request, found });
        break;
      }
      case "pace": {
        const environment = this.#environments.get(message.environment);
        const answer = (report: PaceReport | undefined): void =>
          this.#tellHub({ type: "paced", request: message.request, report });
        if (environment === undefined) answer(undefined);
        else this.#pace.handle(environment, message.command, answer);
        break;
      }
      case "close":
        this.#close(message.environment);
        break;
      case "executorLost":
        // What it had sent before it was lost must not be told as a failure.
        this.#peers.poll();
        this.#peers.executorLost(message.index);
        this.#board.executorLost(message.index);
        this.#loans.executorLost(message.index);
        this.#kernel.executorLost(message.index);
        break;
      case "compiled": {
        const done = this.#compiling.get(message.request);
        this.#compiling.delete(message.request);
        done?.(message.outcome);
        break;
      }
      default:
        message satisfies never;
    }
    this.#scheduler.kick();
  }

  /** A message of the page. */
  handlePage(message: PageToExecutor): void {
    if (message.type === "processCommand" || message.type === "processQuestion") {
      this.#pageProcesses.handle(message);
      this.#scheduler.kick();
      return;
    }
    if (message.type === "usage") {
      const counts = countUsage(this.#environments.values(), this.#scheduler, this.#stacks);
      this.#tellPage({ type: "usage", request: message.request, counts });
      return;
    }
    if (message.type === "databases" || message.type === "databasesLost") {
      if (message.type === "databases") this.#databases.client.connect(message.link);
      else this.#databases.client.lost(message.message, message.isFinal);
      return;
    }
    const environment = this.#environments.get(message.environment);
    if (message.type === "observe") environment?.observe(message.subscription);
    else if (message.type === "input") this.#takeInput(environment, message.bytes);
    else if (message.type === "takeOutput") this.#answerOutput(environment, message);
    else if (message.type === "outputTaken") environment?.output.window.taken(message.length);
    else if (message.type === "examine") answerExamine(environment?.kernelPart, message, this.#tellPage);
    else environment?.wantSnapshot();
  }

  /** Also for a run that the hub has not opened here yet: the page shows no output of the others until all have answered. */
  #answerOutput(
    environment: ExecutorEnvironment | undefined,
    question: Extract<PageToExecutor, { type: "takeOutput" }>,
  ): void {
    if (environment !== undefined) environment.output.answer(question.round);
    else
      this.#tellPage({
        type: "output",
        environment: question.environment,
        chunks: [],
        answers: question.round,
      });
  }

  #takeInput(environment: ExecutorEnvironment | undefined, bytes: Uint8Array | undefined): void {
    if (bytes === undefined) environment?.stdin.end();
    else environment?.stdin.push(bytes);
  }

  #open(message: Extract<HubToExecutor, { type: "open" }>): void {
    const { settings, index } = this.#init;
    const id = message.environment as EnvironmentId;
    const domain = this.#scheduler.domains.open(id, {
      clock: createClock(message.startedAtMs, message.deterministic),
      sliceFuel: message.deterministic?.sliceFuel ?? settings.sliceFuel,
      executors: message.executors,
      onSample: () => this.#environments.get(id)?.sample(),
    });
    const kernelPart = this.#kernel.openEnvironment(id, {
      home: message.home,
      directory: openPidDirectory(message, this.#init),
      timers: domain.timers,
      distributed: false,
    });
    const environment = new ExecutorEnvironment(
      kernelPart,
      domain,
      message,
      index,
      settings,
      this.#runtimeFiles,
      this.#labels,
      this.#tellPage,
    );
    this.#environments.set(id, environment);
    this.#tally.opened(id);
    this.#pageProcesses.opened(kernelPart);
  }

  #runRoot(message: Extract<HubToExecutor, { type: "runRoot" }>): void {
    const { environment } = message;
    const { kernelPart } = this.#environments.get(environment)!;
    const spec = {
      module: message.module as ModuleId,
      entry: message.entry,
      params: new Uint8Array(0),
      config: message.config,
    };
    this.#kernel.spawnRoot(kernelPart, spec, (outcome) =>
      this.#tellHub({ type: "rootSpawned", environment, outcome }),
    );
  }

  /** Ends every process, waits until their stacks are unwound, then says so to hub and page. */
  #close(id: number): void {
    const environment = this.#environments.get(id);
    if (environment === undefined) return;
    this.#kernel.closeEnvironment(id as EnvironmentId);
    this.#scheduler.whenUnwound(() => {
      environment.flush(true);
      if (environment.returnsFiles) {
        this.#tellPage({ type: "files", environment: id, files: readTree(environment.files.tree) });
      }
      this.#environments.delete(id);
      this.#scheduler.domains.close(id as EnvironmentId);
      this.#tally.closed(id as EnvironmentId);
      this.#pageProcesses.closed(id);
      this.#tellPage({ type: "closed", environment: id });
      this.#tellHub({ type: "closed", environment: id });
    });
  }

  #processEnded(process: Process, cause: ExitCause): void {
    const environment = this.#environments.get(process.environment.id);
    environment?.output.end(process.pid);
    this.#pageProcesses.processEnded(process, cause);
    if (process.pid === process.environment.root) {
      if (environment !== undefined) this.#scheduler.hold(environment.domain, Hold.Ended);
      this.#tellHub({ type: "rootEnded", environment: process.environment.id, cause });
    }
  }

  /** @throws GuestTrap a preopened directory is missing (host ABI 3.13: the spawn traps) */
  #place(request: SpawnRequest, caller: Process): number {
    const environment = this.#environmentOf(caller);
    const { files, domain } = environment;
    requireDirectories(files, request.config, caller);
    if (request.module === PAGE_MODULE || domain.isDeterministic) return caller.environment.home;
    const bound = environment.boundTo(this.#modules.require(request.module), request.config);
    if (bound !== undefined) return bound;
    if (this.#scheduler.busyForMs < SATURATED_MS) return this.#init.index;
    return this.#board.choose(this.#scheduler.runnable, domain.executors);
  }

  #createPageBody(process: Process): PageBody {
    const { id } = process.environment;
    return new PageBody(process, this.#kernel, (request, answer) =>
      this.#tellPage({ type: "processAnswer", environment: id, request, answer }),
    );
  }

  #compile(bytes: Uint8Array, done: (outcome: CompileOutcome) => void): void {
    const request = this.#nextRequest++;
    this.#compiling.set(request, holdUntil(this.#scheduler, done).answer);
    this.#tellHub({ type: "compile", request, bytes: bytes.slice() });
  }

  #environmentOf(process: Process): ExecutorEnvironment {
    return this.#environments.get(process.environment.id)!;
  }

  #flush(): void {
    for (const environment of this.#environments.values()) environment.flush();
  }
}
