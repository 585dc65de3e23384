import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createDeferred } from "../deferred.ts";
import { CommandError, ExitStatus, errorCode } from "../errors.ts";
import type { OpenTab, Tab } from "../session/pageSession.ts";
import type { OsProcess } from "./ancestors.ts";
import type { BrowserName } from "./findBrowser.mjs";
import { readLines, type TabAnswer, writeLine } from "./tabLine.ts";

/** How a host is started, as the arguments of its process after the program's. */
export interface HostCall {
  readonly socketPath: string;
  readonly owner: number;
  readonly browser: BrowserName;
  readonly isHeaded: boolean;
}

/** A host listens within a second, even on a busy machine; then it is asked for its browser. */
const START_ATTEMPTS = 200;
const ATTEMPT_MS = 50;

/**
 * Opens tabs in the browser that all command lines below `owner` share, starting it in the background at the first.
 * @param program what starts this command line: executable and script
 */
export function shareBrowser(
  owner: OsProcess,
  browser: BrowserName,
  isHeaded: boolean,
  program: readonly string[],
): OpenTab {
  const socketPath = hostSocket(owner, browser, isHeaded);
  return async (url) => {
    return (await openTabAt(socketPath, url)) ?? startHost(url);
  };

  async function startHost(url: string): Promise<Tab> {
    const call: HostCall = { socketPath, owner: owner.pid, browser, isHeaded };
    const [executable = process.execPath, ...script] = program;
    const host = spawn(executable, [...script, HOST_COMMAND, JSON.stringify(call)], {
      detached: true,
      stdio: "ignore",
    });
    host.unref();
    for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      await pause(ATTEMPT_MS);
      const tab = await openTabAt(socketPath, url);
      if (tab !== undefined) return tab;
    }
    throw new CommandError(
      "The shared browser's process does not start; run the command again",
      ExitStatus.browser,
    );
  }
}

/** Opens a tab in the browser of the host that listens there. @returns undefined: none does (yet, or any more) */
export async function openTabAt(socketPath: string, url: string): Promise<Tab | undefined> {
  const socket = await tryConnect(socketPath);
  return socket && openTab(socket, url);
}

/** Not among the commands that --help lists: only a command line calls it. */
export const HOST_COMMAND = "browser-host";

function hostSocket(owner: OsProcess, browser: BrowserName, isHeaded: boolean): string {
  const key = `${owner.pid} ${owner.startedAt} ${browser} ${isHeaded}`;
  const name = createHash("sha256").update(key).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\lunatic-web-${name}`;
  // Only its owner may enter the folder, so nobody else can speak to the browser.
  const folder = join(tmpdir(), `lunatic-web-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${name}.sock`);
}

/** @returns undefined: no host listens (yet, or any more) */
function tryConnect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      resolve(socket);
    });
    socket.once("error", (error) => {
      const code = errorCode(error);
      // A host that was killed leaves its socket behind, which would keep the next one from listening.
      if (code === "ECONNREFUSED") rmSync(path, { force: true });
      if (code === "ENOENT" || code === "ECONNREFUSED") resolve(undefined);
      else reject(error);
    });
  });
}

function openTab(socket: Socket, url: string): Promise<Tab> {
  const gone = createDeferred<string>();
  const opened = createDeferred<Tab>();
  socket.on("error", () => {
    // "close" follows and says all there is to say.
  });
  socket.on("close", () => {
    opened.reject(new CommandError("The shared browser ended; run the command again", ExitStatus.browser));
    gone.resolve("its process ended");
  });
  readLines(socket, (line) => {
    const answer = line as TabAnswer;
    if (answer.type === "failed") opened.reject(new CommandError(answer.message, ExitStatus.browser));
    else if (answer.type === "gone") gone.resolve(answer.reason);
    else {
      opened.resolve({
        gone: gone.promise,
        async close() {
          socket.destroy();
        },
      });
    }
  });
  writeLine(socket, { url });
  return opened.promise;
}
