import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, type OsProcess, readOsProcess } from "./ancestors.ts";

/** The folder of a browser that is started for us: its name is in the arguments of all its processes. */
export interface BrowserProfile {
  readonly path: string;
  /** When the browser has ended. */
  remove(): Promise<void>;
}

const PREFIX = "lunatic-web-browser-";
/** Beside what the browser keeps in the folder: the process that made it, as JSON. */
const OWNER_FILE = "lunatic-web-owner.json";

/**
 * Makes the folder, and sees to it that the browser and the folder go also when this process is killed without a chance
 * to do it itself: a shell waits for the end of a pipe that only we hold open. It is there before the browser, which may
 * be killed for while it starts. What even the shell could not clean up, the next call does.
 * @param files put into the folder: name to text
 */
export function createProfile(files: Readonly<Record<string, string>> = {}): BrowserProfile {
  sweepProfiles(tmpdir());
  const path = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(path, OWNER_FILE), JSON.stringify(readOsProcess(process.pid) ?? null));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
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

/** Ends browsers, and removes their folders, whose command line was killed together with the shell that watched it. */
export function sweepProfiles(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(parent, name);
    const owner = ownerOf(path);
    if (owner === undefined || isAlive(owner)) continue;
    // What is not there to be ended, or may not be, is no reason not to go on.
    spawnSync("pkill", ["-KILL", "-f", "--", path], { stdio: "ignore" });
    rmSync(path, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** @returns undefined: it does not say, or not yet; another user's folder cannot be read */
function ownerOf(path: string): OsProcess | undefined {
  try {
    return (JSON.parse(readFileSync(join(path, OWNER_FILE), "utf8")) as OsProcess | null) ?? undefined;
  } catch {
    return undefined;
  }
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
