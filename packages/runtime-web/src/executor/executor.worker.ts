import type { HubToExecutor, PageToExecutor } from "../protocol/hubExecutor.ts";
import { type PostTarget, postToHub, postToPage } from "../protocol/post.ts";
import { ExecutorHost } from "./executorHost.ts";

/** Frames of a guest's stack that a trap shows. Chromium's default is 10; Firefox has no limit and ignores this. */
Object.assign(Error, { stackTraceLimit: 60 });

/** The types of the page's library call `self` a window; here it is a worker's scope. */
const scope = self as unknown as PostTarget;

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
    (answer) => postToHub(scope, answer),
    (answer) => postToPage(pagePort, answer),
  );
  pagePort.onmessage = (fromPage: MessageEvent<PageToExecutor>) => host!.handlePage(fromPage.data);
  postToHub(scope, { type: "ready" });
};

postToHub(scope, { type: "loaded" });

function reportFault(reason: unknown): void {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  postToHub(scope, { type: "fault", message: error.message, stack: error.stack ?? "" });
}

self.addEventListener("error", (event) => reportFault(event.error ?? event.message));
self.addEventListener("unhandledrejection", (event) => reportFault(event.reason));
