import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The folder of a browser that is started for us: its name is in the arguments of all its processes. */
export interface BrowserProfile {
  readonly path: string;
  /** When the browser has ended. */
  remove(): Promise<void>;
}

/**
 * Makes the folder, and sees to it that the browser and the folder go also when this process is killed without a chance
 * to do it itself: a shell waits for the end of a pipe that only we hold open. It is there before the browser, which may
 * be killed for while it starts.
 */
export function createProfile(): BrowserProfile {
  const path = mkdtempSync(join(tmpdir(), "lunatic-web-browser-"));
  const guard = process.platform === "win32" ? undefined : startGuard(path);
  return {
    path,
    async remove() {
      guard?.kill();
      // A browser's last process may still be writing.
      await rm(path, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** The path comes by a variable: among the shell's arguments, it would be found by its own search. */
const GUARD_SCRIPT = 'read -r _; pkill -KILL -f -- "$PROFILE"; sleep 1; rm -rf -- "$PROFILE"';

function startGuard(path: string): ChildProcess {
  const guard = spawn("sh", ["-c", GUARD_SCRIPT], {
    env: { PATH: process.env.PATH, PROFILE: path },
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  guard.unref();
  // A pipe keeps the event loop going, though its type does not say that it can be told not to.
  (guard.stdin as unknown as { unref(): void }).unref();
  // Without a shell there is no guard, and nothing else changes.
  guard.on("error", () => {});
  return guard;
}
