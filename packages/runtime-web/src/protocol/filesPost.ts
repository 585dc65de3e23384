import type { ConnectStorage, ExecutorToFiles, FilesToExecutor, FilesToPage, PageToFiles } from "./files.ts";
import type { PostTarget } from "./post.ts";

/** From the page to the storage worker, which is loaded. */
export function connectStorage(worker: PostTarget, connection: ConnectStorage): void {
  worker.postMessage(connection, [connection.pagePort, ...connection.executorPorts]);
}

export function tellFiles(port: PostTarget, message: ExecutorToFiles): void {
  port.postMessage(message, []);
}

export function tellExecutor(port: PostTarget, message: FilesToExecutor): void {
  port.postMessage(message, []);
}

/** From the page to whoever has the files; bytes to write are copied. */
export function askFiles(port: PostTarget, message: PageToFiles): void {
  port.postMessage(message, []);
}

export function tellPage(port: PostTarget, message: FilesToPage): void {
  port.postMessage(message, []);
}

/** A file's content is transferred. */
export function answerPage(port: PostTarget, request: number, value: unknown): void {
  const transfer = value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [];
  port.postMessage({ type: "answered", request, value } satisfies FilesToPage, transfer);
}
