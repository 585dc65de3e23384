import type { PageToWorker, WorkerToPage } from "./messages.ts";

/** What a message can be sent to: a service worker, or a tab of one. */
interface Receiver {
  postMessage(message: unknown): void;
}

export function postToWorker(worker: Receiver, message: PageToWorker): void {
  worker.postMessage(message);
}

export function postToPage(page: Receiver, message: WorkerToPage): void {
  page.postMessage(message);
}
