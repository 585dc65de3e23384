import { createServer, type Socket } from "node:net";
import { createDeferred } from "../deferred.ts";
import { errorText } from "../errors.ts";
import { isAlive, type OsProcess } from "./ancestors.ts";
import type { LaunchedBrowser } from "./launchBrowser.ts";
import { readLines, type TabRequest, writeLine } from "./tabLine.ts";

/** A host without a tab for so long has been forgotten: compiling the next test binary takes less. */
const IDLE_MS = 60_000;
/** How often the host looks whether the process it serves is still there. */
const WATCH_MS = 250;

export interface HostOptions {
  readonly socketPath: string;
  /** The host ends with it. */
  readonly owner: OsProcess;
  readonly launch: () => Promise<LaunchedBrowser>;
  readonly idleMs?: number;
  /** Ends the host. */
  readonly interrupt: AbortSignal;
}

/**
 * Keeps one browser for all command lines that one `cargo test` starts one after another: each opens a tab by a
 * connection of its own, and the tab goes with the connection.
 * @returns when there is nobody left to serve and the browser is closed: the owner has ended, nobody came for a
 *   minute, or the browser itself is gone
 * @throws CommandError the browser does not start; the socket is in use by another host
 */
export async function hostBrowser(options: HostOptions): Promise<void> {
  const over = createDeferred<void>();
  const connections = new Set<Socket>();
  let idle: NodeJS.Timeout | undefined;
  const restartIdle = () => {
    clearTimeout(idle);
    if (connections.size === 0) idle = setTimeout(() => over.resolve(), options.idleMs ?? IDLE_MS);
  };
  const server = createServer((socket) => {
    connections.add(socket);
    restartIdle();
    socket.on("close", () => {
      connections.delete(socket);
      restartIdle();
    });
    void serve(socket, browser);
  });
  // Listening first: of two hosts that start at once only one gets the socket, before either has a browser.
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.socketPath, resolve);
  });
  const browser = options.launch();
  const watch = setInterval(() => {
    if (!isAlive(options.owner)) over.resolve();
  }, WATCH_MS);
  restartIdle();
  try {
    options.interrupt.addEventListener("abort", () => over.resolve());
    const launched = await browser;
    void launched.gone.then(() => over.resolve());
    await over.promise;
    await launched.close();
  } finally {
    clearInterval(watch);
    clearTimeout(idle);
    server.close();
    for (const socket of connections) socket.destroy();
  }
}

async function serve(socket: Socket, browser: Promise<LaunchedBrowser>): Promise<void> {
  // A command line that was killed resets its connection; "close" follows.
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  readLines(socket, (line) => void open(line as TabRequest));

  async function open({ url }: TabRequest): Promise<void> {
    try {
      const tab = await (await browser).openTab(url);
      writeLine(socket, { type: "opened" });
      void tab.gone.then((reason) => writeLine(socket, { type: "gone", reason }));
      await closed;
      await tab.close();
    } catch (error) {
      writeLine(socket, { type: "failed", message: errorText(error) });
    }
  }
}
