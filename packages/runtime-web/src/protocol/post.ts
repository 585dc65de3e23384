import type {
  ConnectExecutor,
  ExecutorToHub,
  ExecutorToPage,
  HubToExecutor,
  PageToExecutor,
} from "./hubExecutor.ts";
import { transfersOf } from "./pageProcess.ts";

/** What can be posted to: a worker, a worker's own scope, a port. */
export interface PostTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** From the hub to one of its executors; use ExecutorLine. */
export function postToExecutor(port: PostTarget, message: HubToExecutor): void {
  port.postMessage(message, []);
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
export function connectExecutor(worker: PostTarget, ports: ConnectExecutor): void {
  const peers = ports.peerPorts.filter((port) => port !== undefined);
  const files = ports.filesPort === undefined ? [] : [ports.filesPort];
  worker.postMessage(ports, [ports.hubPort, ports.pagePort, ...files, ...peers]);
}

/** From an executor to the page. The records of a batch and the bytes of a message to a process are transferred. */
export function postToPage(port: PostTarget, message: ExecutorToPage): void {
  port.postMessage(message, transfersToPage(message));
}

function transfersToPage(message: ExecutorToPage): Transferable[] {
  if (message.type === "events") return [message.batch.words];
  if (message.type === "files") return message.files.map(({ content }) => content.buffer as ArrayBuffer);
  return message.type === "processAnswer" ? transfersOf(message) : [];
}

/** From the page to an executor. The bytes of a message that a process of the page sends are transferred. */
export function postFromPage(port: PostTarget, message: PageToExecutor): void {
  port.postMessage(message, transfersFromPage(message));
}

function transfersFromPage(message: PageToExecutor): Transferable[] {
  if (message.type === "databases") return message.link.type === "port" ? [message.link.port] : [];
  return message.type === "processCommand" ? transfersOf(message) : [];
}
