import type {
  ConnectExecutor,
  ExecutorToHub,
  ExecutorToPage,
  HubToExecutor,
  PageToExecutor,
} from "./hubExecutor.ts";

/** What can be posted to: a worker, a worker's own scope, a port. */
export interface PostTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** From the hub to one of its executors. Ports are transferred. */
export function postToExecutor(port: PostTarget, message: HubToExecutor): void {
  port.postMessage(message, message.type === "init" ? initTransfers(message) : []);
}

function initTransfers(message: Extract<HubToExecutor, { type: "init" }>): Transferable[] {
  const ports = message.peers.flatMap((peer) => (peer.type === "port" ? [peer.port] : []));
  return [message.pagePort, ...ports];
}

/** From an executor to the hub. */
export function postToHub(port: PostTarget, message: ExecutorToHub): void {
  port.postMessage(message, message.type === "compile" ? [message.bytes.buffer] : []);
}

/** A worker's first words: what is posted to a module worker before its script listens can be lost. */
export const WORKER_LOADED = "lunatic-web worker loaded";

/** From the hub or an executor to the page that made it. */
export function announceLoaded(scope: PostTarget): void {
  scope.postMessage(WORKER_LOADED, []);
}

/** From the page to an executor that is loaded. */
export function connectExecutor(worker: PostTarget, hubPort: MessagePort): void {
  const message: ConnectExecutor = { hubPort };
  worker.postMessage(message, [hubPort]);
}

/** From an executor to the page. The records of a batch are transferred. */
export function postToPage(port: PostTarget, message: ExecutorToPage): void {
  port.postMessage(message, message.type === "events" ? [message.batch.records] : []);
}

/** From the page to an executor. */
export function postFromPage(port: PostTarget, message: PageToExecutor): void {
  port.postMessage(message, []);
}
