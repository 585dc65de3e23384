import * as Comlink from "comlink";
import type { HubService } from "../protocol/pageHub.ts";
import { announceLoaded, type PostTarget } from "../protocol/post.ts";
import { Hub } from "./hub.ts";

const hub = new Hub();

/** As Hub, with the ports to the executors transferred. */
const service: HubService = {
  start: async (settings, moduleCache, executorPorts) => {
    const ports = await hub.start(settings, moduleCache, executorPorts);
    return Comlink.transfer(ports, ports);
  },
  executorLost: (index, reason) => hub.executorLost(index, reason),
  compile: (bytes, name) => hub.compile(bytes, name),
  open: (request) => hub.open(request),
  launch: (environment) => hub.launch(environment),
  whenEnded: (environment) => hub.whenEnded(environment),
  kill: (environment, pid) => hub.kill(environment, pid),
  stop: (environment) => hub.stop(environment),
  close: () => hub.close(),
};

Comlink.expose(service);
// The types of the page's library call `self` a window; here it is a worker's scope.
announceLoaded(self as unknown as PostTarget);
