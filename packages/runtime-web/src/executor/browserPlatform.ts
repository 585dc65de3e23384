import type { Platform } from "../scheduler/platform.ts";

/** The scheduler's platform in a worker (or a page). */
export function createBrowserPlatform(): Platform {
  // A MessageChannel to oneself is the fastest way to the back of the event loop: setTimeout is clamped to 4 ms.
  const channel = new MessageChannel();
  let posted: (() => void) | undefined;
  channel.port1.onmessage = () => {
    const task = posted;
    posted = undefined;
    task?.();
  };
  return {
    nowMs: () => performance.now(),
    postMacrotask(task) {
      posted = task;
      channel.port2.postMessage(undefined);
    },
    setTimer(task, delayMs) {
      const handle = setTimeout(task, delayMs);
      return () => clearTimeout(handle);
    },
  };
}
