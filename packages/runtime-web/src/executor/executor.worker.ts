import { needsReceipt } from "../protocol/executorLine.ts";
import type { ConnectExecutor, HubToExecutor, PageToExecutor } from "../protocol/hubExecutor.ts";
import { holdLifeLock } from "../protocol/lifeLock.ts";
import { announceLoaded, type PostTarget, postToHub, postToPage } from "../protocol/post.ts";
import { ExecutorHost, type InitMessage } from "./executorHost.ts";
import { openRuntimeFiles } from "./runtimeFiles.ts";

/** Frames of a guest's stack that a trap shows. Chromium's default is 10; Firefox has no limit and ignores this. */
Object.assign(Error, { stackTraceLimit: 60 });

let hubPort: MessagePort | undefined;
let host: ExecutorHost | undefined;

self.onmessage = ({ data: ports }: MessageEvent<ConnectExecutor>) => {
  hubPort = ports.hubPort;
  ports.hubPort.onmessage = ({ data: message }: MessageEvent<HubToExecutor>) => {
    if (needsReceipt(message)) postToHub(ports.hubPort, { type: "received" });
    if (message.type === "init") void start(ports, message);
    else host?.handle(message);
  };
  ports.hubPort.onmessageerror = () => postToHub(ports.hubPort, { type: "unreadable" });
};

async function start(
  { hubPort, pagePort, filesPort, peerPorts }: ConnectExecutor,
  init: InitMessage,
): Promise<void> {
  const peers = init.peers.map((link, index) => {
    const port = peerPorts[index];
    return port === undefined ? link : ({ type: "port", port } as const);
  });
  // The hub says nothing more before this executor is ready.
  const files = await openRuntimeFiles(init, filesPort);
  const executor = new ExecutorHost(
    { ...init, peers },
    files,
    (answer) => postToHub(hubPort, answer),
    (answer) => postToPage(pagePort, answer),
  );
  pagePort.onmessage = ({ data }: MessageEvent<PageToExecutor>) => executor.handlePage(data);
  host = executor;
  await holdLifeLock(init.settings, init.index);
  postToHub(hubPort, { type: "ready" });
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
