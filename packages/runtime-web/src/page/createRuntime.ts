import * as Comlink from "comlink";
import type { FilesPlace, FilesSettings } from "../protocol/files.ts";
import { connectStorage } from "../protocol/filesPost.ts";
import type { ExecutorToPage, InitialFile } from "../protocol/hubExecutor.ts";
import { createLockPrefix } from "../protocol/lifeLock.ts";
import type { HubService, Outcome } from "../protocol/pageHub.ts";
import { postFromPage } from "../protocol/post.ts";
import { DEFAULT_SLICE_FUEL } from "../scheduler/policy.ts";
import { createTreeBuffer } from "../storage/shared/treeBuffer.ts";
import { PageDatabases } from "./databases.ts";
import { deterministicRun, requireSliceFuel } from "./deterministicRun.ts";
import {
  canWaitAsync,
  defaultExecutors,
  defaultStackBudget,
  describeCapabilities,
  requireEngine,
} from "./engine.ts";
import { RunError, toPageError } from "./errors.ts";
import { executorCount } from "./executorCount.ts";
import type { FilesOptions, RuntimeFiles } from "./fileTypes.ts";
import { PageEnvironment } from "./pageEnvironment.ts";
import type { KnownModules } from "./pageProcesses.ts";
import { PageFiles } from "./runtimeFiles.ts";
import { subscriptionOf } from "./subscriptionOf.ts";
import type {
  Capabilities,
  ExecutorUsage,
  LunaticModule,
  RunningEnvironment,
  RunOptions,
  Runtime,
  RuntimeOptions,
  StorageChange,
} from "./types.ts";
import { UsageSurvey } from "./usageSurvey.ts";
import { allOf, connectExecutors, FILES_EXECUTOR, type RuntimeWorkers, startWorkers } from "./workers.ts";

/** An eighth of what V8 gives all JavaScript of a renderer (4 GiB with compressed pointers). */
const DEFAULT_MESSAGE_MEMORY = 2 ** 29;
const DEFAULT_FILE_MEMORY = 2 ** 30;
const DEFAULT_FILE_CACHE = 2 ** 28;
/** Below, a cache has no room for what one call fetches. */
const LEAST_FILE_MEMORY = 2 ** 22;
const NS_PER_MS = 1_000_000n;
/** A turn of an executor is 8 ms; what is silent for so long is stopped, or busy outside of any guest. */
const USAGE_PATIENCE_MS = 10_000;

/**
 * Starts a runtime: a hub and its executors, each in a worker.
 * @throws UnsupportedBrowserError
 * @throws RunError a worker could not be started
 * @throws VolumeError the files of `files.persist` could not be opened: `taken` by another tab, `damaged`, …
 * @throws RangeError an option outside its range
 *
 * @example
 * const runtime = await createRuntime();
 * const module = await runtime.compile(await fetch("app.wasm"));
 * const app = await runtime.run(module, { onOutput: ({ text }) => console.log(text) });
 * await app.exited;
 * await runtime.close();
 */
export async function createRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  requireEngine();
  const executors = options.executors ?? defaultExecutors();
  if (!Number.isInteger(executors) || executors < 1 || executors > 64) {
    throw new RangeError(`executors must be a whole number from 1 to 64, not ${executors}`);
  }
  const sliceFuel = options.sliceFuel ?? DEFAULT_SLICE_FUEL;
  requireSliceFuel(sliceFuel);
  const mailLimitBytes = options.messageMemory ?? DEFAULT_MESSAGE_MEMORY;
  if (!(mailLimitBytes > 0)) {
    throw new RangeError(`messageMemory must be a number of bytes above 0, not ${mailLimitBytes}`);
  }
  const stackLimit = options.stackBudget ?? defaultStackBudget();
  const filesSettings = filesSettingsOf(options.files ?? {});
  const isShared = globalThis.crossOriginIsolated;
  const workers = await startWorkers(executors, isShared);
  const hub = Comlink.wrap<HubService>(workers.hub);
  workers.executors.forEach((worker, index) => {
    worker.onerror = (event) => void hub.executorLost(index, event.message ?? "its worker crashed");
  });
  const hasRings = isShared && canWaitAsync();
  const { ofHub, ofPage, ofStorage, filesOfPage, ofFiles } = connectExecutors(workers, !hasRings);
  const lockPrefix = createLockPrefix();
  const settings = { executors, stackLimit, sliceFuel, isShared, hasRings, mailLimitBytes, lockPrefix };
  const place = placeFiles(isShared, filesSettings);
  const files = new PageFiles(filesOfPage, filesSettings.persist !== undefined);
  if (workers.storage !== undefined)
    workers.storage.onerror = ({ message }) =>
      files.end(`The worker of the files failed: ${message ?? "it crashed"}; make a new runtime`);
  const moduleCache = options.moduleCache ?? "indexeddb";
  await hub.start(settings, moduleCache, Comlink.transfer([...ofHub], [...ofHub]), place);
  // Not before: the worker watches locks that executors hold from then on.
  if (workers.storage !== undefined && place.type === "shared") {
    connectStorage(workers.storage, {
      buffer: place.buffer,
      settings: filesSettings,
      pagePort: ofFiles,
      executorPorts: ofStorage,
      lockPrefix,
    });
  }
  try {
    await files.ready;
  } catch (error) {
    for (const worker of allOf(workers)) worker.terminate();
    throw error;
  }
  const databases = new PageDatabases({
    executors,
    hasRings,
    persist: options.files?.persist,
    backing: options.files?.backing,
    tellExecutor: (executor, message) => postFromPage(ofPage[executor]!, message),
  });
  return new PageRuntime(workers, hub, ofPage, files, describeCapabilities(settings), databases);
}

class PageRuntime implements Runtime {
  readonly capabilities: Capabilities;
  readonly databases: PageDatabases;
  readonly #workers: RuntimeWorkers;
  readonly #hub: Comlink.Remote<HubService>;
  readonly #ports: readonly MessagePort[];
  readonly #files: PageFiles;
  readonly #modules: KnownModules = new Set();
  readonly #environments = new Map<number, PageEnvironment>();
  readonly #closing = Promise.withResolvers<void>();
  readonly #lost = new Set<number>();
  readonly #usage: UsageSurvey;
  #isClosed = false;
  /** Settles when no change of the storage is under way. */
  #storage: Promise<void> = Promise.resolve();

  constructor(
    workers: RuntimeWorkers,
    hub: Comlink.Remote<HubService>,
    ports: readonly MessagePort[],
    files: PageFiles,
    capabilities: Capabilities,
    databases: PageDatabases,
  ) {
    this.#workers = workers;
    this.#hub = hub;
    this.#ports = ports;
    this.#files = files;
    this.capabilities = capabilities;
    this.databases = databases;
    this.#usage = new UsageSurvey(ports.length, (executor, question) =>
      postFromPage(ports[executor]!, question),
    );
    for (const [index, port] of ports.entries()) {
      port.onmessage = (event: MessageEvent<ExecutorToPage>) => this.#receive(index, event.data);
      void hub.whenLost(index).then(() => this.#executorLost(index));
    }
  }

  get files(): RuntimeFiles {
    return this.#files;
  }

  async compile(
    source: Uint8Array | ArrayBuffer | Response | Promise<Response>,
    options: { name?: string } = {},
  ): Promise<LunaticModule> {
    this.#requireOpen("compile a module");
    const bytes = await readBytes(source);
    const module = unwrap(
      await this.#unlessClosed(
        this.#hub.compile(Comlink.transfer(bytes, [bytes.buffer]), options.name ?? "module"),
      ),
    );
    this.#modules.add(module.id);
    return module;
  }

  async run(module: LunaticModule, options: RunOptions = {}): Promise<RunningEnvironment> {
    this.#requireOpen("run a module");
    await this.#unlessClosed(this.#storage);
    const args = [module.name, ...(options.args ?? [])];
    const preopens = options.preopens ?? ["."];
    const env = options.env ?? {};
    const opening = this.#hub.open({
      module: module.id,
      entry: options.entry ?? "_start",
      args,
      env: Object.entries(env),
      files: ownFiles(options),
      preopens,
      observe: options.inspect && subscriptionOf([options.inspect]),
      hasInput: options.stdin !== undefined,
      returnsFiles: options.keepFiles ?? false,
      outputEncoding: options.outputEncoding ?? "utf-8",
      executors: executorCount(options, this.capabilities.executors),
      deterministic: deterministicRun(options.deterministic),
    });
    const { environment: id, home } = unwrap(await this.#unlessClosed(opening));
    const environment = new PageEnvironment({
      id,
      home,
      ports: this.#ports,
      control: {
        kill: (which, pid) => this.#unlessClosed(this.#hub.kill(which, pid)),
        stop: (which) => this.#unlessClosed(this.#hub.stop(which)),
        setPace: (which, pace) => this.#unlessClosed(this.#hub.setPace(which, pace)),
        step: (which, goal) => this.#unlessClosed(this.#hub.step(which, goal)),
      },
      onOutput: options.onOutput,
      ended: this.#hub.whenEnded(id),
      observed: options.inspect,
      defaults: { module, preopens, args, env },
      modules: this.#modules,
    });
    this.#environments.set(id, environment);
    for (const index of this.#lost) environment.executorLost(index);
    void environment.exited.then(() => this.#environments.delete(id));
    if (options.prepare !== undefined) await this.#prepare(environment, options.prepare);
    const { pid } = unwrap(await this.#unlessClosed(this.#hub.launch(id)));
    environment.rootPid = pid;
    if (options.stdin !== undefined) void environment.passInput(options.stdin);
    return environment;
  }

  usage({ patienceMs = USAGE_PATIENCE_MS }: { patienceMs?: number } = {}): Promise<readonly ExecutorUsage[]> {
    this.#requireOpen("count what it holds");
    return this.#unlessClosed(this.#usage.ask(patienceMs));
  }

  async changeStorage(persist?: string): Promise<StorageChange> {
    this.#requireOpen("change its storage");
    if (this.#environments.size > 0)
      throw new RunError("Cannot change the storage while something runs: stop it, or wait for its end");
    const changing = this.#changeStorage(persist);
    // Runs that begin meanwhile see what there is then.
    this.#storage = changing.then(
      () => {},
      () => {},
    );
    return await this.#unlessClosed(changing);
  }

  async dropExecutor(index: number): Promise<void> {
    this.#requireOpen("drop an executor");
    if (this.#ports[index] === undefined) {
      throw new RangeError(`There is no executor ${index}: they count from 0 to ${this.#ports.length - 1}`);
    }
    if (this.#lost.has(index)) return;
    const lost = this.#hub.whenLost(index);
    await this.#unlessClosed(this.#hub.executorLost(index, "the page has dropped it"));
    await lost;
  }

  async #changeStorage(persist: string | undefined): Promise<StorageChange> {
    await this.#storage;
    const change = await this.#files.change(persist);
    await this.databases.change(persist);
    return change;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closing.resolve();
    await this.databases.close();
    try {
      // Before the executors end: without shared memory one of them has the files.
      await this.#files.close();
    } finally {
      await this.#end();
    }
  }

  async #end(): Promise<void> {
    this.#files.end("The runtime was closed; make a new one");
    await this.#hub.close();
    this.#hub[Comlink.releaseProxy]();
    for (const worker of allOf(this.#workers)) worker.terminate();
    for (const port of this.#ports) port.close();
    for (const environment of this.#environments.values()) environment.runtimeClosed();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Its worker may still be there: a fault of ours made its state useless, or it hangs. */
  #executorLost(index: number): void {
    this.#lost.add(index);
    this.#usage.executorLost(index);
    void this.databases.executorLost(index);
    this.#workers.executors[index]!.terminate();
    if (this.#workers.storage === undefined && index === FILES_EXECUTOR)
      this.#files.end("The executor that had the files was lost; make a new runtime");
    for (const environment of this.#environments.values()) environment.executorLost(index);
  }

  #receive(index: number, message: ExecutorToPage): void {
    if (message.type === "wantDatabases") {
      if (!this.#isClosed) void this.databases.wanted(index);
      return;
    }
    if (message.type === "usage") {
      this.#usage.receive(index, message);
      return;
    }
    const id = message.type === "events" ? message.batch.environment : message.environment;
    this.#environments.get(id)?.receive(index, message);
  }

  async #prepare(environment: PageEnvironment, prepare: NonNullable<RunOptions["prepare"]>): Promise<void> {
    try {
      await prepare(environment);
    } catch (error) {
      await environment.stop();
      throw error;
    }
  }

  /** Calls to a hub that is gone never settle (comlink), so the end of the hub ends them. */
  #unlessClosed<T>(call: T): Promise<Awaited<T>> {
    const closed = this.#closing.promise.then((): never => {
      throw new RunError("The runtime was closed meanwhile; make a new one");
    });
    return Promise.race([call, closed]);
  }

  #requireOpen(attempt: string): void {
    if (this.#isClosed) throw new RunError(`Cannot ${attempt}: the runtime is closed; make a new one`);
  }
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw toPageError(outcome.error);
}

/** A copy: the bytes are transferred to the hub, and the caller keeps his. */
async function readBytes(
  source: Uint8Array | ArrayBuffer | Response | Promise<Response>,
): Promise<Uint8Array<ArrayBuffer>> {
  const settled = await source;
  if (settled instanceof Uint8Array) return settled.slice() as Uint8Array<ArrayBuffer>;
  if (settled instanceof ArrayBuffer) return new Uint8Array(settled.slice(0));
  if (!settled.ok) {
    throw new RunError(
      `Cannot load ${settled.url}: the server answered ${settled.status} ${settled.statusText}`,
    );
  }
  return new Uint8Array(await settled.arrayBuffer());
}

function filesSettingsOf({ persist, ifTaken = "fail", backing, capacityBytes }: FilesOptions): FilesSettings {
  const inMemory = persist === undefined ? DEFAULT_FILE_MEMORY : DEFAULT_FILE_CACHE;
  if (capacityBytes !== undefined && !(capacityBytes >= LEAST_FILE_MEMORY))
    throw new RangeError(`files.capacityBytes must be at least ${LEAST_FILE_MEMORY}, not ${capacityBytes}`);
  return { persist, ifTaken, backing, capacityBytes: capacityBytes ?? inMemory };
}

function placeFiles(isShared: boolean, settings: FilesSettings): FilesPlace {
  if (!isShared) return { type: "executor", executor: FILES_EXECUTOR, settings };
  const nowNs = BigInt(Date.now()) * NS_PER_MS;
  return { type: "shared", buffer: createTreeBuffer(true, nowNs, settings) as SharedArrayBuffer };
}

/** What a run begins with that has a filesystem of its own: if it is given one, hands one out, or must be repeatable. */
function ownFiles({ files, fileTimes, keepFiles, deterministic }: RunOptions): InitialFile[] | undefined {
  const isOwn = files !== undefined || keepFiles === true || deterministic !== undefined;
  return isOwn ? initialFiles(files ?? {}, fileTimes ?? {}) : undefined;
}

function initialFiles(
  files: NonNullable<RunOptions["files"]>,
  times: NonNullable<RunOptions["fileTimes"]>,
): InitialFile[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    content: typeof content === "string" ? new TextEncoder().encode(content) : content,
    ...(Object.hasOwn(times, path) ? { modifiedMs: times[path]! } : {}),
  }));
}
