import { realtimeNs } from "../files/realtime.ts";
import { startFiles } from "../files/startFiles.ts";
import type { ConnectStorage } from "../protocol/files.ts";
import { watchLifeLock } from "../protocol/lifeLock.ts";
import { announceLoaded, type PostTarget } from "../protocol/post.ts";
import { executorOwner, STORAGE_OWNER } from "../storage/shared/owners.ts";
import { SharedTree } from "../storage/shared/sharedTree.ts";

/** Has the volume of the files that all executors share, and answers the page, which must not wait for the tree's lock. */
self.onmessage = ({ data }: MessageEvent<ConnectStorage>) => void start(data);

async function start(connection: ConnectStorage): Promise<void> {
  const tree = new SharedTree(connection.buffer, STORAGE_OWNER, realtimeNs);
  const host = await startFiles(tree, connection.settings, connection.pagePort);
  connection.executorPorts.forEach((port, executor) => {
    host.serveExecutor(port);
    watchLifeLock(connection, executor, new AbortController().signal, () =>
      host.ownerLost(executorOwner(executor)),
    );
  });
}

// The types of the page's library call `self` a window; here it is a worker's scope.
announceLoaded(self as unknown as PostTarget);
