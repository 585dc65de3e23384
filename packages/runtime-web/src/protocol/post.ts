import type { ExecutorToHub, ExecutorToPage, HubToExecutor, PageToExecutor } from "./hubExecutor.ts";

/** What can be posted to: a worker, a worker's own scope, a port. */
export interface PostTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** From the hub to one of its executors. Ports are transferred. */
export function postToExecutor(worker: PostTarget, message: HubToExecutor): void {
  worker.postMessage(message, message.type === "init" ? initTransfers(message) : []);
}

function initTransfers(message: Extract<HubToExecutor, { type: "init" }>): Transferable[] {
  const ports = message.peers.flatMap((peer) => (peer.type === "port" ? [peer.port] : []));
  return [message.pagePort, ...ports];
}

/** From an executor to the hub. */
export function postToHub(scope: PostTarget, message: ExecutorToHub): void {
  scope.postMessage(message, message.type === "compile" ? [message.bytes.buffer] : []);
}

/** The hub's first words, before comlink's: what is posted to a module worker before its script listens can be lost. */
export const HUB_LOADED = "lunatic-web hub loaded";

/** From the hub to the page that made it. */
export function announceHub(scope: PostTarget): void {
  scope.postMessage(HUB_LOADED, []);
}

/** From an executor to the page. The records of a batch are transferred. */
export function postToPage(port: PostTarget, message: ExecutorToPage): void {
  port.postMessage(message, message.type === "events" ? [message.batch.records] : []);
}

/** From the page to an executor. */
export function postFromPage(port: PostTarget, message: PageToExecutor): void {
  port.postMessage(message, []);
}
