import type { ConnectExecutor, HubToExecutor, PageToExecutor } from "../protocol/hubExecutor.ts";
import { announceLoaded, type PostTarget, postToHub, postToPage } from "../protocol/post.ts";
import { ExecutorHost } from "./executorHost.ts";

/** Frames of a guest's stack that a trap shows. Chromium's default is 10; Firefox has no limit and ignores this. */
Object.assign(Error, { stackTraceLimit: 60 });

let hubPort: MessagePort | undefined;
let host: ExecutorHost | undefined;

self.onmessage = ({ data }: MessageEvent<ConnectExecutor>) => {
  hubPort = data.hubPort;
  hubPort.onmessage = (event: MessageEvent<HubToExecutor>) => fromHub(data.hubPort, event.data);
  postToHub(hubPort, { type: "connected" });
};

function fromHub(port: MessagePort, message: HubToExecutor): void {
  if (message.type !== "init") {
    host!.handle(message);
    return;
  }
  const { pagePort } = message;
  host = new ExecutorHost(
    message,
    (answer) => postToHub(port, answer),
    (answer) => postToPage(pagePort, answer),
  );
  pagePort.onmessage = (fromPage: MessageEvent<PageToExecutor>) => host!.handlePage(fromPage.data);
  postToHub(port, { type: "ready" });
}

/** What threw outside every guest is a bug of ours: the state here cannot be trusted any more. */
function giveUp(reason: unknown): void {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  if (hubPort !== undefined)
    postToHub(hubPort, { type: "fault", message: error.message, stack: error.stack ?? "" });
  self.close();
}

self.addEventListener("error", (event) => giveUp(event.error ?? event.message));
self.addEventListener("unhandledrejection", (event) => giveUp(event.reason));

// The types of the page's library call `self` a window; here it is a worker's scope.
announceLoaded(self as unknown as PostTarget);
