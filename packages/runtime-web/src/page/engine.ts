import { DEFAULT_STACKS } from "../scheduler/stackBudget.ts";
import { UnsupportedBrowserError } from "./errors.ts";

/** One executor needs a core to be worth its megabytes; more than this rarely helps a page. */
const MAX_DEFAULT_EXECUTORS = 8;

/** @throws UnsupportedBrowserError no JSPI: guests could not wait without blocking their worker */
export function requireEngine(): void {
  const hasStackSwitching = "Suspending" in WebAssembly && "promising" in WebAssembly;
  if (!hasStackSwitching || WebAssembly.JSTag === undefined) {
    throw new UnsupportedBrowserError(
      "This browser cannot suspend WebAssembly (JSPI). Lunatic Web needs Chrome or Edge 137, Firefox 153, Safari 27 or later",
    );
  }
}

/** How many suspended stacks this engine bears; see DEFAULT_STACKS. */
export function defaultStackBudget(): number {
  const agent = navigator.userAgent;
  if (agent.includes("Firefox/")) return DEFAULT_STACKS.firefox;
  return agent.includes("Chrome/") ? DEFAULT_STACKS.chromium : DEFAULT_STACKS.other;
}

export function defaultExecutors(isIsolated: boolean): number {
  return isIsolated ? Math.min(Math.max(navigator.hardwareConcurrency, 1), MAX_DEFAULT_EXECUTORS) : 1;
}
