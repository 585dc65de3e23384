import type { Capabilities, RunOptions, RuntimeOptions } from "@lunatic-web/runtime";
import { buildPage, scriptPage } from "./buildPage.ts";
import type { Json, Page } from "./page.ts";

/**
 * Builds a page that holds nothing but the runtime, for specs about its guarantees. It offers `window.runGuest`.
 * @returns the folder with the built site
 */
export function buildRuntimePage(): Promise<string> {
  return buildPage("runtime", { "index.html": PAGE, "main.ts": SCRIPT });
}

export interface GuestRun {
  readonly reason: "normal" | "failure";
  /** Type of the exit cause, and its message if it has one. */
  readonly cause: string;
  readonly stdout: string;
  /** Texts of the notices, in order. */
  readonly notices: readonly string[];
  readonly spawned: number;
  readonly capabilities: Capabilities;
}

export interface GuestRunOptions {
  readonly runtime?: Pick<RuntimeOptions, "executors" | "stackBudget" | "sliceFuel">;
  readonly run?: Pick<RunOptions, "entry" | "env">;
  readonly args?: readonly string[];
  /** Observe notices only, and count no spawns: what is told of 100,000 traps takes longer than they do. */
  readonly noticesOnly?: boolean;
  /** Stop the run when a notice contains this. */
  readonly stopAtNotice?: string;
  /** A second module: its `_start` is run beside the first one, in the same environment. */
  readonly partner?: Uint8Array;
}

/** Runs a module to its end in a runtime of its own, which is closed afterwards. */
export async function runGuest(page: Page, wasm: Uint8Array, options: GuestRunOptions): Promise<GuestRun> {
  const base64 = Buffer.from(wasm).toString("base64");
  const { partner, ...others } = options;
  const given = { ...others, ...(partner && { partner: Buffer.from(partner).toString("base64") }) };
  return page.evaluate(callRunGuest, base64, given as Json);
}

function callRunGuest(base64: string, options: Json): Promise<GuestRun> {
  const { runGuest: run } = globalThis as unknown as {
    runGuest: (base64: string, options: Json) => Promise<GuestRun>;
  };
  return run(base64, options);
}

const PAGE = scriptPage("The runtime");

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";
import { EventKind } from "@lunatic-web/runtime/inspect";

const decode = (base64) => Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));

globalThis.runGuest = async (base64, options) => {
  const bytes = decode(base64);
  await using runtime = await createRuntime({ moduleCache: "none", ...options.runtime });
  const module = await runtime.compile(bytes, { name: "guest.wasm" });
  const run = { stdout: "", notices: [], spawned: 0 };
  const environment = await runtime.run(module, {
    ...options.run,
    args: options.args,
    inspect: options.noticesOnly ? { kinds: [EventKind.Notice] } : {},
    onOutput: ({ stream, text }) => {
      if (stream === "stdout") run.stdout += text;
    },
  });
  if (options.partner) {
    const module = await runtime.compile(decode(options.partner), { name: "partner.wasm" });
    await environment.spawn("_start", { module, config: { args: ["partner.wasm"] } });
  }
  for await (const { events } of environment.inspect()) {
    for (const { kind, text } of events) {
      if (kind === EventKind.Spawn) run.spawned++;
      if (kind !== EventKind.Notice) continue;
      run.notices.push(text);
      if (options.stopAtNotice && text.includes(options.stopAtNotice)) void environment.stop();
    }
  }
  const { reason, cause } = await environment.exited;
  const { capabilities } = runtime;
  return { ...run, capabilities, reason, cause: "message" in cause ? cause.type + ": " + cause.message : cause.type };
};
document.documentElement.dataset.ready = "";
`;
