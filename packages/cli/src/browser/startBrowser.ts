import { type ChildProcess, spawn } from "node:child_process";
import { createDeferred } from "../deferred.ts";
import { CommandError, ExitStatus } from "../errors.ts";
import type { Tab } from "../session/pageSession.ts";
import { CHROMIUM_FLAGS, firefoxPreferences, ONE_TAB_CHROMIUM_FLAGS } from "./browserFlags.ts";
import { createProfile } from "./browserProfile.ts";
import type { FoundBrowser } from "./findBrowser.mjs";
import { killGroup } from "./processGroup.ts";

/** What a browser said last is asked for only when it ends too early; its end is enough. */
const KEPT_STDERR_CHARACTERS = 4_000;

export interface StartOptions {
  readonly found: FoundBrowser;
  readonly isHeaded: boolean;
  readonly url: string;
}

/**
 * Starts a browser of our own that shows one page, with a profile of its own that goes with it. The page speaks to us by
 * itself, so no driver is needed: without one Firefox is there in 0.75 instead of 2 seconds, Chromium in 0.25.
 * @throws CommandError its program cannot be started
 */
export async function startBrowser(options: StartOptions): Promise<Tab> {
  const { found, isHeaded, url } = options;
  const profile = createProfile(found.name === "firefox" ? { "user.js": firefoxPreferences() } : {});
  const child = spawn(found.path, browserArguments(options, profile.path), {
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const gone = createDeferred<string>();
  const lastWords = collectLastWords(child);
  const started = new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) =>
      reject(
        new CommandError(
          `${found.name} ${found.version} (${found.path}) does not start: ${error.message}. Try the other one with --browser`,
          ExitStatus.browser,
        ),
      ),
    );
  });
  child.once("exit", (code) => {
    gone.resolve(code === null || code === 0 ? "its process ended" : describeEnd(code, lastWords()));
  });
  try {
    await started;
  } catch (error) {
    await profile.remove();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    gone: gone.promise,
    close: () => {
      closing ??= killGroup(child).then(() => profile.remove());
      return closing;
    },
  };

  function browserArguments({ found: { name } }: StartOptions, folder: string): string[] {
    const headless = isHeaded ? [] : ["--headless"];
    if (name === "firefox") return [...headless, "--no-remote", "--profile", folder, url];
    return [...headless, ...CHROMIUM_FLAGS, ...ONE_TAB_CHROMIUM_FLAGS, `--user-data-dir=${folder}`, url];
  }
}

function collectLastWords({ stderr }: ChildProcess): () => string {
  let text = "";
  stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-KEPT_STDERR_CHARACTERS);
  });
  return () => text;
}

function describeEnd(code: number, lastWords: string): string {
  const line = lastWords.trimEnd().split("\n").at(-1) ?? "";
  return `its process ended with code ${code}${line === "" ? "" : ` (${line})`}`;
}
