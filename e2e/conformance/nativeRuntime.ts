import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConformanceRun } from "./conformancePage.ts";

/** Longer than any case takes; one that takes longer waits for ever. */
const PATIENCE_MS = 5_000;

export interface NativeOutcome {
  readonly stdout: string;
  /** "waits" if the run had to be stopped, "crashed" if the program did not end by itself in order. */
  readonly end: "normal" | "failure" | "waits" | "crashed";
}

/**
 * Runs a module as the native runtime does: `lunatic run case.wasm`.
 * @param executable of lunatic 0.13.2
 * @throws {Error} the executable cannot be started
 */
export function runNatively(
  executable: string,
  { wasm, args = [], env = {} }: ConformanceRun,
): NativeOutcome {
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  try {
    writeFileSync(join(folder, "case.wasm"), wasm);
    const { stdout, stderr, error, status } = spawnSync(executable, ["run", "case.wasm", ...args], {
      cwd: folder,
      env,
      encoding: "utf8",
      timeout: PATIENCE_MS,
    });
    if (error !== undefined && "code" in error && error.code === "ETIMEDOUT") return { stdout, end: "waits" };
    if (error !== undefined) throw error;
    if (status !== 0) return { stdout, end: "crashed" };
    // Its exit code is 0 however the root ends (host ABI ch. 15), which is process 1; the log tells.
    return { stdout, end: /Process 1 (failed|was killed)/.test(stderr) ? "failure" : "normal" };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
