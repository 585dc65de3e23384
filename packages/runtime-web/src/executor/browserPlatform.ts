import { createMacrotaskPoster } from "../protocol/macrotask.ts";
import type { Platform } from "../scheduler/platform.ts";

/** The scheduler's platform in a worker (or a page). */
export function createBrowserPlatform(): Platform {
  return {
    nowMs: () => performance.now(),
    postMacrotask: createMacrotaskPoster(),
    setTimer(task, delayMs) {
      const handle = setTimeout(task, delayMs);
      return () => clearTimeout(handle);
    },
  };
}
