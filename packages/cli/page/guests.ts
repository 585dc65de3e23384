import {
  createRuntime,
  type LunaticModule,
  type Output,
  type RunningEnvironment,
  type Runtime,
} from "@lunatic-web/runtime";
import type { EventKind, InspectionEvent } from "@lunatic-web/runtime/inspect";
import { type FileSet, type FileTimes, packFiles, unpackFiles } from "../src/session/fileArchive.ts";
import { type FileChanges, findChanges } from "../src/session/fileChanges.ts";
import type { Command, ObservedEvent, OutputPiece, RunChoice, RunReport } from "../src/session/protocol.ts";
import { describeFailure } from "./describeFailure.ts";
import { GuestInput } from "./guestInput.ts";
import { fetchBlob, type Upstream } from "./upstream.ts";

interface Guest {
  readonly input: GuestInput | undefined;
  /** Undefined until its root has started. */
  environment: RunningEnvironment | undefined;
  /** Told to stop before it had started. */
  isStopped: boolean;
}

const NO_FILES: FileSet = new Map();

/** What a run was given. */
interface Before {
  readonly files: FileSet;
  readonly times: FileTimes;
}

/** The runtime of the page and what runs in it. */
export class Guests {
  readonly #upstream: Upstream;
  readonly #modules = new Map<number, LunaticModule>();
  readonly #guests = new Map<number, Guest>();
  /** The files that were fetched last: the tests of a suite mostly start with the same. */
  #files: { readonly blob: number; readonly files: Promise<FileSet> } | undefined;
  #runtime: Promise<Runtime> | undefined;

  constructor(upstream: Upstream) {
    this.#upstream = upstream;
  }

  handle(command: Command): void {
    switch (command.type) {
      case "start":
        void this.#start(command);
        break;
      case "compile":
        void this.#compile(command);
        break;
      case "run":
        void this.#run(command.run, command.choice);
        break;
      case "input":
        this.#guests
          .get(command.run)
          ?.input?.push(
            command.base64,
            () => void this.#upstream.send({ type: "inputTaken", run: command.run }),
          );
        break;
      case "stop":
        this.#stop(command.run);
        break;
      default:
        command satisfies never;
    }
  }

  async close(): Promise<void> {
    await (await this.#runtime)?.close();
  }

  async #start({ runtime: options }: Extract<Command, { type: "start" }>): Promise<void> {
    try {
      // Each page has an origin of its own, so a cache would never be found again.
      this.#runtime = createRuntime({ ...options, moduleCache: "none" });
      const { capabilities } = await this.#runtime;
      void this.#upstream.send({
        type: "started",
        executors: capabilities.executors,
        reason: capabilities.reason,
      });
    } catch (error) {
      void this.#upstream.send({ type: "failed", failure: describeFailure(error) });
    }
  }

  async #compile({ request, blob, name }: Extract<Command, { type: "compile" }>): Promise<void> {
    try {
      const bytes = await fetchBlob(blob);
      const module = await (await this.#runtime!).compile(bytes, { name });
      this.#modules.set(module.id, module);
      void this.#upstream.send({
        type: "compiled",
        request,
        module: { id: module.id, name, entries: module.entries },
      });
    } catch (error) {
      void this.#upstream.send({ type: "notCompiled", request, failure: describeFailure(error) });
    }
  }

  async #run(run: number, choice: RunChoice): Promise<void> {
    const guest: Guest = {
      input: choice.hasInput ? new GuestInput() : undefined,
      environment: undefined,
      isStopped: false,
    };
    this.#guests.set(run, guest);
    try {
      const files = choice.files === undefined ? NO_FILES : await this.#fetchFiles(choice.files);
      const environment = await (await this.#runtime!).run(this.#modules.get(choice.module)!, {
        entry: choice.entry,
        args: choice.args,
        env: choice.env,
        files: Object.fromEntries(files),
        fileTimes: Object.fromEntries(choice.times),
        preopens: choice.preopens,
        inspect: choice.observe === "all" ? { detail: "full" } : { kinds: choice.observe as EventKind[] },
        onOutput: (output) => this.#output(run, output),
        keepFiles: choice.returnsChanges,
        outputEncoding: choice.outputEncoding,
        ...(guest.input === undefined ? {} : { stdin: guest.input.stream }),
      });
      guest.environment = environment;
      void this.#upstream.send({ type: "launched", run, rootPid: environment.rootPid });
      if (guest.isStopped) void environment.stop();
      await this.#watch(run, environment, { files, times: new Map(choice.times) });
    } catch (error) {
      void this.#upstream.send({ type: "runFailed", run, failure: describeFailure(error) });
    } finally {
      this.#guests.delete(run);
    }
  }

  async #watch(run: number, environment: RunningEnvironment, before: Before): Promise<void> {
    for await (const { events, dropped } of environment.inspect()) {
      if (events.length === 0 && dropped === 0) continue;
      void this.#upstream.send({ type: "observed", run, events: events.map(toObserved), dropped });
    }
    const { reason, cause, files, fileTimes } = await environment.exited;
    const report: RunReport = {
      reason,
      cause: cause.type,
      ...("code" in cause ? { code: cause.code } : {}),
      ...("message" in cause ? { message: cause.message } : {}),
      ...(files === undefined
        ? {}
        : await this.#sendChanges(findChanges(before.files, files, before.times, fileTimes))),
    };
    void this.#upstream.send({ type: "exited", run, report });
  }

  #fetchFiles(blob: number): Promise<FileSet> {
    if (this.#files?.blob !== blob) this.#files = { blob, files: fetchBlob(blob).then(unpackFiles) };
    return this.#files.files;
  }

  async #sendChanges(changes: FileChanges): Promise<Pick<RunReport, "written" | "times" | "removed">> {
    const { written, removed } = changes;
    const times = [...changes.times];
    if (written.size === 0) return { removed, times };
    return { removed, times, written: await this.#upstream.sendBlob(packFiles(written)) };
  }

  #stop(run: number): void {
    const guest = this.#guests.get(run);
    if (guest === undefined) return;
    guest.isStopped = true;
    void guest.environment?.stop();
  }

  /** @returns settles when it is on its way to the terminal: a guest does not print faster than that */
  #output(run: number, { pid, stream, text }: Output): Promise<void> {
    const piece: OutputPiece = { pid, stream, text };
    return this.#upstream.send({ type: "output", run, pieces: [piece] });
  }
}

function toObserved(event: InspectionEvent): ObservedEvent {
  const { sequence, timeMs, executor, kind, pid, other, tag, value, text } = event;
  return {
    sequence,
    timeMs,
    executor,
    kind,
    pid,
    other,
    tag: String(tag),
    value,
    ...(text === undefined ? {} : { text }),
  };
}
