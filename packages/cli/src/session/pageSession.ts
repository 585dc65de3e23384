import { createDeferred, type Deferred } from "../deferred.ts";
import { CommandError, ExitStatus } from "../errors.ts";
import { type FileSet, packFiles, unpackFiles } from "./fileArchive.ts";
import { InputCredit } from "./inputCredit.ts";
import { type PageServer, startPageServer } from "./pageServer.ts";
import type { ModuleSummary, PageEvent, PageFailure } from "./protocol.ts";
import type { FinishedRun, RunRequest, Session, SessionOptions, SessionRun } from "./session.ts";

/** A tab that somebody has opened for us. */
export interface Tab {
  /** Resolves with the reason, in a few words, when the tab or its browser is gone without `close`. */
  readonly gone: Promise<string>;
  close(): Promise<void>;
}

/** Opens a tab; a browser starts for it where none runs. */
export type OpenTab = (url: string) => Promise<Tab>;

/** A browser that has not shown the page by then is stuck; a cold Firefox on a busy machine takes some ten seconds. */
const START_PATIENCE_MS = 90_000;

interface PendingRun {
  readonly request: RunRequest;
  readonly launched: Deferred<number>;
  readonly finished: Deferred<FinishedRun>;
  readonly input: InputCredit;
}

/**
 * Serves the page, has it opened, and starts its runtime.
 * @param page directory with the built page
 * @throws CommandError the browser does not start, does not show the page, or lacks what the runtime needs
 */
export async function openSession(options: SessionOptions, page: string, openTab: OpenTab): Promise<Session> {
  let session: PageSession | undefined;
  const server = await startPageServer({
    page,
    isIsolated: options.isIsolated,
    onEvents: (events) => session!.receive(events),
    onGone: () => session?.lose("its page went away"),
  });
  session = new PageSession(server);
  try {
    await session.start(options, openTab);
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

class PageSession implements Session {
  description = "";
  readonly #server: PageServer;
  readonly #started = createDeferred<void>();
  readonly #compilations = new Map<number, Deferred<ModuleSummary>>();
  readonly #runs = new Map<number, PendingRun>();
  /** The files that were offered last, and their blob: the tests of a suite mostly start with the same. */
  #offered: { readonly files: FileSet; readonly blob: number } | undefined;
  #tab: Tab | undefined;
  #loss: CommandError | undefined;
  #isClosed = false;
  #nextId = 1;

  constructor(server: PageServer) {
    this.#server = server;
    // Whoever waits for it handles it; a session that is closed before has nobody waiting.
    this.#started.promise.catch(() => {});
  }

  async start(options: SessionOptions, openTab: OpenTab): Promise<void> {
    this.#tab = await openTab(this.#server.url);
    void this.#tab.gone.then((reason) => this.lose(reason));
    const runtime = options.executors === undefined ? {} : { executors: options.executors };
    this.#server.send({ type: "start", runtime });
    const patience = setTimeout(() => {
      this.lose(`it did not show our page within ${START_PATIENCE_MS / 1000} seconds`);
    }, START_PATIENCE_MS);
    try {
      await this.#started.promise;
    } finally {
      clearTimeout(patience);
    }
  }

  compile(bytes: Uint8Array, name: string): Promise<ModuleSummary> {
    const request = this.#nextId++;
    const compilation = createDeferred<ModuleSummary>();
    if (this.#loss !== undefined) return Promise.reject(this.#loss);
    this.#compilations.set(request, compilation);
    this.#server.send({ type: "compile", request, blob: this.#server.offer(bytes), name });
    return compilation.promise;
  }

  async run(module: ModuleSummary, request: RunRequest): Promise<SessionRun> {
    if (this.#loss !== undefined) throw this.#loss;
    const run = this.#nextId++;
    const pending: PendingRun = {
      request,
      launched: createDeferred(),
      finished: createDeferred(),
      input: new InputCredit(),
    };
    // It may fail before anybody has been handed it.
    pending.finished.promise.catch(() => {});
    this.#runs.set(run, pending);
    // What has to be posted apart, or stays here.
    const { files, times = [], onOutput: _, onObserved: __, ...rest } = request;
    const blob = files.size === 0 ? {} : { files: this.#offerFiles(files) };
    this.#server.send({
      type: "run",
      run,
      choice: { module: module.id, ...rest, ...blob, times: [...times] },
    });
    const rootPid = await pending.launched.promise;
    return {
      rootPid,
      finished: pending.finished.promise,
      input: (bytes) => {
        const base64 = bytes === undefined ? undefined : Buffer.from(bytes).toString("base64");
        this.#server.send({ type: "input", run, base64 });
        return pending.input.spend();
      },
      stop: () => this.#server.send({ type: "stop", run }),
    };
  }

  async receive(events: readonly PageEvent[]): Promise<void> {
    for (const event of events) await this.#handle(event);
  }

  /** The page will not answer any more: everything that waits for it fails. */
  lose(reason: string): void {
    this.#loseTo(`The browser was lost: ${reason}. Run the command again`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#fail(new CommandError("The session was closed"));
    await this.#tab?.close();
    await this.#server.close();
  }

  #offerFiles(files: FileSet): number {
    if (this.#offered?.files !== files) this.#offered = { files, blob: this.#server.offer(packFiles(files)) };
    return this.#offered.blob;
  }

  async #handle(event: PageEvent): Promise<void> {
    switch (event.type) {
      case "started":
        this.description = event.reason;
        this.#started.resolve();
        break;
      case "failed":
        this.#loseTo(`The page failed: ${failureText(event.failure)}`);
        break;
      case "compiled":
        this.#compilations.get(event.request)?.resolve(event.module);
        this.#compilations.delete(event.request);
        break;
      case "notCompiled":
        this.#compilations.get(event.request)?.reject(new CommandError(failureText(event.failure)));
        this.#compilations.delete(event.request);
        break;
      case "launched":
        this.#runs.get(event.run)?.launched.resolve(event.rootPid);
        break;
      case "runFailed":
        this.#failRun(event.run, new CommandError(failureText(event.failure)));
        break;
      case "inputTaken":
        this.#runs.get(event.run)?.input.taken();
        break;
      case "output":
        for (const piece of event.pieces) await this.#runs.get(event.run)?.request.onOutput(piece);
        break;
      case "observed":
        this.#runs.get(event.run)?.request.onObserved(event.events, event.dropped);
        break;
      case "exited": {
        const { written: blob, times = [], removed = [], ...report } = event.report;
        const written = blob === undefined ? new Map() : unpackFiles(this.#server.take(blob));
        const changes = { written, times: new Map(times), removed };
        this.#runs.get(event.run)?.finished.resolve({ ...report, changes });
        this.#runs.get(event.run)?.input.cancel();
        this.#runs.delete(event.run);
        break;
      }
      default:
        event satisfies never;
    }
  }

  #loseTo(message: string): void {
    if (this.#isClosed || this.#loss !== undefined) return;
    this.#loss = new CommandError(message, ExitStatus.browser);
    this.#fail(this.#loss);
  }

  #fail(error: CommandError): void {
    this.#started.reject(error);
    for (const compilation of this.#compilations.values()) compilation.reject(error);
    this.#compilations.clear();
    for (const run of [...this.#runs.keys()]) this.#failRun(run, error);
  }

  #failRun(run: number, error: CommandError): void {
    const pending = this.#runs.get(run);
    this.#runs.delete(run);
    pending?.launched.reject(error);
    pending?.finished.reject(error);
    pending?.input.cancel();
  }
}

function failureText({ name, message }: PageFailure): string {
  return name === "Error" || name.endsWith("Error") ? message : `${name}: ${message}`;
}
