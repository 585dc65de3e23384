import type { HubToExecutor, PageToExecutor } from "../protocol/hubExecutor.ts";
import { postToHub, postToPage } from "../protocol/post.ts";
import { ExecutorHost } from "./executorHost.ts";

/** Frames of a guest's stack that a trap shows; the engines' default is 10. */
Error.stackTraceLimit = 60;

let host: ExecutorHost | undefined;

self.onmessage = (event: MessageEvent<HubToExecutor>) => {
  const message = event.data;
  if (message.type !== "init") {
    host!.handle(message);
    return;
  }
  const { pagePort } = message;
  host = new ExecutorHost(
    message,
    (answer) => postToHub(self, answer),
    (answer) => postToPage(pagePort, answer),
  );
  pagePort.onmessage = (fromPage: MessageEvent<PageToExecutor>) => host!.handlePage(fromPage.data);
  postToHub(self, { type: "ready" });
};

function reportFault(reason: unknown): void {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  postToHub(self, { type: "fault", message: error.message, stack: error.stack ?? "" });
}

self.addEventListener("error", (event) => reportFault(event.error ?? event.message));
self.addEventListener("unhandledrejection", (event) => reportFault(event.reason));
