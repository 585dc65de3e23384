import type { RuntimeSettings } from "../protocol/settings.ts";
import { DEFAULT_STACKS } from "../scheduler/stackBudget.ts";
import { UnsupportedBrowserError } from "./errors.ts";
import type { Capabilities } from "./types.ts";

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

export function defaultExecutors(): number {
  return Math.min(Math.max(navigator.hardwareConcurrency, 1), MAX_DEFAULT_EXECUTORS);
}

/** True if this engine can wait on shared memory without blocking. Otherwise executors are joined by ports. */
export function canWaitAsync(): boolean {
  return typeof Atomics.waitAsync === "function";
}

/** What is in use, and the reason in words. */
export function describeCapabilities(settings: RuntimeSettings): Capabilities {
  const { executors, isShared, hasRings, stackLimit } = settings;
  const crossOriginIsolated = isShared;
  const capabilities = { executors, crossOriginIsolated, stackBudget: stackLimit };
  if (executors === 1) {
    const reason = "One executor does all the work: one core, or the option executors is 1";
    return { ...capabilities, transport: "single-executor", reason };
  }
  if (hasRings) {
    const reason = `The page is cross-origin isolated: ${executors} executors share memory`;
    return { ...capabilities, transport: "shared-memory", reason };
  }
  const cause = isShared
    ? "This browser cannot wait on shared memory without blocking (Atomics.waitAsync)"
    : "The page is not cross-origin isolated (its COOP and COEP headers are missing)";
  const reason = `${cause}: ${executors} executors send each other messages, which takes longer than sharing memory`;
  return { ...capabilities, transport: "message-port", reason };
}
