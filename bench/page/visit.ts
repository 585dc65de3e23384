/**
 * A page that loads the built package, runs a small Rust program and tells the page around it when, in milliseconds since
 * its first script, each step was done.
 */

import type * as Package from "@lunatic-web/runtime";

declare global {
  /** Set by the page before anything is loaded. */
  var startMs: number;
}

/** Moments in the order in which they come. */
export interface Visit {
  readonly loadedMs: number;
  readonly startedMs: number;
  readonly compiledMs: number;
  readonly spawnedMs: number;
  /** The program has run and everything it wrote has come. */
  readonly exitedMs: number;
  readonly stdout: string;
}

const BUILT = "/packages/runtime-web/dist/index.js";

async function visit(): Promise<Visit> {
  const now = (): number => performance.now() - globalThis.startMs;
  const { createRuntime } = (await import(/* @vite-ignore */ BUILT)) as typeof Package;
  const loadedMs = now();
  const runtime = await createRuntime();
  const startedMs = now();
  const module = await runtime.compile(fetch("/guests/rust/prebuilt/hello.wasm"), { name: "hello" });
  const compiledMs = now();
  let stdout = "";
  const environment = await runtime.run(module, {
    onOutput: ({ text }) => {
      stdout += text;
    },
  });
  const spawnedMs = now();
  await environment.exited;
  const exitedMs = now();
  await runtime.close();
  return { loadedMs, startedMs, compiledMs, spawnedMs, exitedMs, stdout };
}

parent.postMessage(await visit().catch(String), location.origin);
