import { createDeferred } from "../deferred.ts";
import type { ModuleSummary } from "../session/protocol.ts";
import type { FinishedRun, RunRequest, Session, SessionRun } from "../session/session.ts";

/** What a run of a scripted session can do and see. */
export interface ScriptedRun {
  readonly request: RunRequest;
  print(text: string, pid?: number, stream?: "stdout" | "stderr"): Promise<void>;
  /** All that came from stdin, once it has ended. */
  readonly input: Promise<string>;
  /** Settles when the run is told to stop. */
  readonly stopped: Promise<void>;
}

export type Script = (run: ScriptedRun) => Promise<Partial<FinishedRun>> | Partial<FinishedRun>;

const NORMAL: FinishedRun = {
  reason: "normal",
  cause: "returned",
  changes: { written: new Map(), times: new Map(), removed: [] },
};

/** A session without a browser: a function per entry of the module says what a run of it does. */
export class ScriptedSession implements Session {
  readonly description = "scripted";
  readonly requests: RunRequest[] = [];
  isClosed = false;
  /** Runs under way now, and the most there were at once. */
  running = 0;
  mostRunning = 0;
  readonly #scripts: Readonly<Record<string, Script>>;

  constructor(scripts: Readonly<Record<string, Script>>) {
    this.#scripts = scripts;
  }

  async compile(_: Uint8Array, name: string): Promise<ModuleSummary> {
    return { id: 1, name, entries: Object.keys(this.#scripts) };
  }

  async run(_: ModuleSummary, request: RunRequest): Promise<SessionRun> {
    this.requests.push(request);
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    const stopped = createDeferred<void>();
    const input = createDeferred<string>();
    let read = "";
    const script = this.#scripts[request.entry];
    if (script === undefined) throw new Error(`Nobody has written what ${request.entry} does`);
    const finished = Promise.resolve(
      script({
        request,
        input: input.promise,
        stopped: stopped.promise,
        print: async (text, pid = 1, stream = "stdout") => request.onOutput({ pid, stream, text }),
      }),
    ).then((end) => {
      this.running--;
      return { ...NORMAL, ...end };
    });
    return {
      rootPid: 1,
      finished,
      async input(bytes) {
        if (bytes === undefined) input.resolve(read);
        else read += new TextDecoder().decode(bytes);
      },
      stop: () => stopped.resolve(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isClosed = true;
  }
}
