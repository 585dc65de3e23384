import { FilesHost } from "../files/filesHost.ts";
import { realtimeNs } from "../files/realtime.ts";
import type { ConnectStorage } from "../protocol/files.ts";
import { watchLifeLock } from "../protocol/lifeLock.ts";
import { announceLoaded, type PostTarget } from "../protocol/post.ts";
import { executorOwner, STORAGE_OWNER } from "../storage/shared/owners.ts";
import { SharedTree } from "../storage/shared/sharedTree.ts";

/** Has the volume of the files that all executors share, and answers the page, which must not wait for the tree's lock. */
self.onmessage = ({ data }: MessageEvent<ConnectStorage>) => {
  const host = new FilesHost(new SharedTree(data.buffer, STORAGE_OWNER, realtimeNs), undefined);
  data.executorPorts.forEach((port, executor) => {
    host.serveExecutor(port);
    watchLifeLock(data, executor, new AbortController().signal, () =>
      host.ownerLost(executorOwner(executor)),
    );
  });
  host.servePage(data.pagePort);
};

// The types of the page's library call `self` a window; here it is a worker's scope.
announceLoaded(self as unknown as PostTarget);
