import { connectExecutor, WORKER_LOADED } from "../protocol/post.ts";
import { RunError } from "./errors.ts";

export interface RuntimeWorkers {
  readonly hub: Worker;
  readonly executors: readonly Worker[];
  /** Has the files, where memory is shared. */
  readonly storage: Worker | undefined;
}

/**
 * Makes the workers of a runtime, all from the page: in Firefox 153 a worker that makes two workers was seen to hang in
 * the second constructor, about once in thirty times.
 * @throws RunError a script could not be loaded; no worker is left behind
 */
export async function startWorkers(executors: number, isShared: boolean): Promise<RuntimeWorkers> {
  const hub = new Worker(new URL("../hub/hub.worker.ts", import.meta.url), {
    type: "module",
    name: "lunatic hub",
  });
  const workers: RuntimeWorkers = {
    hub,
    executors: Array.from({ length: executors }, (_, index) => startExecutor(index)),
    storage: isShared ? startStorage() : undefined,
  };
  const all = allOf(workers);
  try {
    await Promise.all(all.map(loaded));
    return workers;
  } catch (error) {
    for (const worker of all) worker.terminate();
    throw error;
  }
}

/** @throws RunError its script could not be loaded */
export async function startDatabaseWorker(): Promise<Worker> {
  const worker = new Worker(new URL("../sqlite/database.worker.ts", import.meta.url), {
    type: "module",
    name: "lunatic databases",
  });
  try {
    await loaded(worker);
    return worker;
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** Every worker of a runtime. */
export function allOf({ hub, executors, storage }: RuntimeWorkers): Worker[] {
  return [hub, ...executors, ...(storage === undefined ? [] : [storage])];
}

/** The executor that has the files where memory is not shared. */
export const FILES_EXECUTOR = 0;

/** The page's ends of what `connectExecutors` made; port i leads to executor i. */
export interface RuntimePorts {
  /** To be given to the hub. */
  readonly ofHub: readonly MessagePort[];
  readonly ofPage: readonly MessagePort[];
  /** To be given to the storage worker, one per executor; none if there is no such worker. */
  readonly ofStorage: readonly MessagePort[];
  /** The page's way to the files, and the other end of it, for the storage worker if there is one. */
  readonly filesOfPage: MessagePort;
  readonly ofFiles: MessagePort;
}

/**
 * Gives every executor its ways to the hub, to the page, and, if they share no rings, to every other executor. All are
 * sent by the page directly: see ExecutorLine for what becomes of messages on ports that are passed on.
 */
export function connectExecutors({ executors, storage }: RuntimeWorkers, byPorts: boolean): RuntimePorts {
  const files = new MessageChannel();
  const peerPorts = executors.map((): (MessagePort | undefined)[] => executors.map(() => undefined));
  for (let from = 0; byPorts && from < executors.length; from++) {
    for (let to = 0; to < from; to++) {
      const { port1, port2 } = new MessageChannel();
      peerPorts[from]![to] = port1;
      peerPorts[to]![from] = port2;
    }
  }
  const ports = executors.map((worker, index) => {
    const toHub = new MessageChannel();
    const toPage = new MessageChannel();
    const toStorage = storage === undefined ? undefined : new MessageChannel();
    connectExecutor(worker, {
      hubPort: toHub.port2,
      pagePort: toPage.port2,
      filesPort: toStorage?.port2 ?? (index === FILES_EXECUTOR ? files.port2 : undefined),
      peerPorts: peerPorts[index]!,
    });
    return { ofHub: toHub.port1, ofPage: toPage.port1, ofStorage: toStorage?.port1 };
  });
  return {
    ofHub: ports.map(({ ofHub }) => ofHub),
    ofPage: ports.map(({ ofPage }) => ofPage),
    ofStorage: ports.flatMap(({ ofStorage }) => ofStorage ?? []),
    filesOfPage: files.port1,
    ofFiles: files.port2,
  };
}

function startStorage(): Worker {
  return new Worker(new URL("../storageWorker/storage.worker.ts", import.meta.url), {
    type: "module",
    name: "lunatic storage",
  });
}

function startExecutor(index: number): Worker {
  return new Worker(new URL("../executor/executor.worker.ts", import.meta.url), {
    type: "module",
    name: `lunatic executor ${index}`,
  });
}

/** Resolves when the worker's script listens. */
function loaded(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data !== WORKER_LOADED) return;
      worker.onmessage = null;
      worker.onerror = null;
      resolve();
    };
    worker.onerror = (event) => {
      reject(new RunError(`A worker did not start: ${event.message ?? "its script could not be loaded"}`));
    };
  });
}
