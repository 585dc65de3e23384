import type { ExitReport, LunaticModule, Output, RunningEnvironment, Runtime } from "@lunatic-web/runtime";
import {
  History,
  type InspectionBatch,
  type InspectionEvent,
  type Recording,
  type RecordingInfo,
} from "@lunatic-web/runtime/inspect";
import { batch, signal } from "@preact/signals";
import { ConsoleBuffer } from "../console/consoleBuffer.ts";
import { ConsoleInput } from "../console/consoleInput.ts";
import { OutputPace } from "../console/outputPace.ts";
import type { Program } from "../programs/catalog.ts";
import type { ProgramBuilder } from "./builtProgram.ts";
import type { FrameClock } from "./frameClock.ts";
import { ModuleShelf } from "./moduleShelf.ts";
import { noteEvents } from "./noteEvents.ts";
import { explainError, explainFileError, type PlainError } from "./plainError.ts";
import { launchOptions, type RunSettings, type StartedWith } from "./runSettings.ts";
import type { RunPhase, Session, TrapReport } from "./session.ts";
import { preparePartner } from "./startPartner.ts";

/** Traps shown at once; a program that panics in a loop must not fill the page. */
const TRAPS_KEPT = 50;

/** What a session needs of the rest of the page. */
export interface SessionParts {
  /** Asked for the module of programs with a project. Default: there are none. */
  readonly build?: ProgramBuilder;
  /** Makes the files and databases those of a program that is about to run and uses some. Default: they are everybody's. */
  readonly openStorage?: (program: Program, isRepeatable: boolean) => Promise<void>;
}

/** @param runtime awaited at first use, so that the page is there before its workers are */
export function createSession(
  runtime: Promise<Runtime>,
  frames: FrameClock,
  { build = async () => undefined, openStorage = async () => {} }: SessionParts = {},
): Session {
  const phase = signal<RunPhase>("idle");
  const program = signal<Program | undefined>(undefined);
  const error = signal<PlainError | undefined>(undefined);
  const exit = signal<ExitReport | undefined>(undefined);
  const traps = signal<readonly TrapReport[]>([]);
  const startedMs = signal<number | undefined>(undefined);
  const endedMs = signal<number | undefined>(undefined);
  const sourceMap = signal<string | undefined>(undefined);
  const messageSection = signal<Uint8Array | undefined>(undefined);
  const shelf = new ModuleShelf(runtime);
  let building: AbortController | undefined;
  /** Of the module that runs, until it is fetched: at the first trap. */
  let fetchSourceMap: Program["fetchSourceMap"];
  const environment = signal<RunningEnvironment | undefined>(undefined);
  const started = signal<StartedWith | undefined>(undefined);
  const recording = signal<RecordingInfo | undefined>(undefined);
  let history = new History();
  const listeners = new Set<(events: readonly InspectionEvent[]) => void>();
  const outputListeners = new Set<(output: Output) => void>();
  let output = new ConsoleBuffer();
  const input = new ConsoleInput();
  const pace = new OutputPace();
  /** The last one that was asked for, whether it is still wanted or not: the storage changes only when it has ended. */
  let launched: Promise<RunningEnvironment> | undefined;
  /** Counts runs: what belongs to an earlier one is let go when it comes late. */
  let current = 0;

  function showError(thrown: unknown): void {
    error.value = explainError(thrown);
  }
  runtime.catch(showError);

  /** @returns undefined: the visitor stopped it, or started something else meanwhile */
  async function buildFor(wanted: Program, id: number): Promise<LunaticModule | undefined> {
    const controller = new AbortController();
    building = controller;
    phase.value = "compiling";
    try {
      const built = await build(wanted, controller.signal);
      if (id !== current) return undefined;
      phase.value = "loading";
      if (!built) {
        fetchSourceMap = wanted.fetchSourceMap;
        return await shelf.moduleOf(wanted);
      }
      sourceMap.value = built.sourceMap;
      return await shelf.compile(built.bytes, wanted.title);
    } finally {
      if (building === controller) building = undefined;
    }
  }

  /** Forgets the run before. @returns ends it, if it still goes on */
  function clear(next: History): () => Promise<void> {
    const before = environment.value;
    building?.abort();
    fetchSourceMap = undefined;
    history = next;
    output = new ConsoleBuffer();
    batch(() => {
      environment.value = undefined;
      recording.value = undefined;
      started.value = undefined;
      phase.value = "loading";
      error.value = undefined;
      exit.value = undefined;
      sourceMap.value = undefined;
      messageSection.value = undefined;
      traps.value = [];
      startedMs.value = undefined;
      endedMs.value = undefined;
      frames.flush();
    });
    return async () => before?.stop();
  }

  async function prepareStorage(wanted: Program, settings: RunSettings): Promise<void> {
    const before = await launched?.catch(() => undefined);
    await before?.exited;
    await openStorage(wanted, settings.deterministic !== undefined);
  }

  async function run(wanted: Program, args: readonly string[], settings: RunSettings = {}): Promise<void> {
    const id = ++current;
    const endBefore = clear(new History());
    program.value = wanted;
    started.value = { args, seed: settings.deterministic?.seed };
    let observed: Promise<void> | undefined;
    /** From before its first instruction, if it is prepared. */
    const adopt = (running: RunningEnvironment) => {
      if (observed || id !== current) return;
      observed = observe(running, id);
      batch(() => {
        environment.value = running;
        phase.value = "running";
        startedMs.value = performance.now();
      });
    };
    try {
      await endBefore();
      const module = wanted.loadProject ? await buildFor(wanted, id) : await shelf.moduleOf(wanted);
      if (id !== current || !module) return;
      const startPartner = wanted.partner && (await preparePartner(await runtime, wanted.partner));
      if (id !== current) return;
      if (module.usesStorage || wanted.partner) await prepareStorage(wanted, settings);
      if (id !== current) return;
      messageSection.value = shelf.messagesOf(module);
      launched = (await runtime).run(module, {
        args,
        env: wanted.env,
        ...launchOptions(settings, adopt),
        stdin: input.open(),
        onOutput: (printed) => {
          if (id !== current) return;
          output.write(printed.pid, printed.stream, printed.text, printed.timeMs);
          for (const listener of outputListeners) listener(printed);
          frames.request();
          return pace.taken(printed.text.length);
        },
      });
      const running = await launched;
      if (id !== current) {
        await running.stop();
        return;
      }
      adopt(running);
      void startPartner?.(running).catch((thrown) => {
        if (id === current) output.notice(0, explainError(thrown).detail);
      });
      await Promise.all([finish(running, id), observed]);
    } catch (thrown) {
      if (id !== current) return;
      const failed = environment.value;
      batch(() => {
        environment.value = undefined;
        phase.value = "idle";
        error.value = explainError(thrown);
      });
      await failed?.stop();
    }
  }

  async function finish(running: RunningEnvironment, id: number): Promise<void> {
    const report = await running.exited;
    if (id !== current) return;
    batch(() => {
      environment.value = undefined;
      phase.value = "ended";
      endedMs.value = performance.now();
      exit.value = report;
    });
    frames.request();
  }

  async function showRecording({ info, history: recorded, lines }: Recording): Promise<void> {
    current++;
    const endBefore = clear(recorded);
    for (const { pid, kind, text, timeMs } of lines) {
      if (kind === "notice") output.notice(pid, text, timeMs);
      else output.write(pid, kind, `${text}\n`, timeMs);
    }
    const trapped = [...recorded.live.processes.values()].filter(({ trapText }) => trapText !== "");
    batch(() => {
      recording.value = info;
      traps.value = trapped
        .map(({ pid, trapText: text }) => ({ pid, text }))
        .slice(-TRAPS_KEPT)
        .reverse();
      phase.value = "ended";
      frames.flush();
    });
    await endBefore().catch(showError);
  }

  async function observe(running: RunningEnvironment, id: number): Promise<void> {
    for await (const received of running.inspect()) {
      if (id !== current) return;
      take(received);
      frames.request();
    }
    if (id !== current) return;
    history.finish();
    frames.request();
  }

  async function takeSourceMap(id: number): Promise<void> {
    const fetchMap = fetchSourceMap;
    fetchSourceMap = undefined;
    const map = await fetchMap?.().catch(showError);
    if (id === current && map) sourceMap.value = map;
  }

  function take(received: InspectionBatch): void {
    const change = history.apply(received);
    const trapped = change.trapped.map((pid) => ({ pid, text: history.live.process(pid)?.trapText ?? "" }));
    if (trapped.length > 0) {
      traps.value = [...trapped.reverse(), ...traps.value].slice(0, TRAPS_KEPT);
      void takeSourceMap(current);
    }
    noteEvents(output, received.events);
    for (const listener of listeners) listener(received.events);
  }

  async function compile(file: File): Promise<LunaticModule | undefined> {
    error.value = undefined;
    let bytes: Uint8Array<ArrayBuffer> | undefined;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
      return await shelf.compile(bytes, file.name);
    } catch (thrown) {
      error.value = bytes ? explainFileError(thrown, file.name, bytes) : explainError(thrown, file.name);
      return undefined;
    }
  }

  async function attempt(action: () => Promise<void>): Promise<void> {
    error.value = undefined;
    await action().catch(showError);
  }

  async function stop(): Promise<void> {
    if (building) {
      building.abort();
      current++;
      phase.value = "idle";
    }
    if (!environment.value) return;
    phase.value = "stopping";
    await environment.value.stop().catch(showError);
  }

  async function kill(pid: number): Promise<void> {
    await environment.value?.kill(pid).catch(showError);
  }

  return {
    phase,
    environment,
    started,
    recording,
    program,
    error,
    exit,
    sourceMap,
    messageSection,
    traps,
    startedMs,
    endedMs,
    frames,
    storage: () => runtime,
    get model() {
      return history.live;
    },
    get history() {
      return history;
    },
    get output() {
      return output;
    },
    input,
    run,
    showRecording,
    compile,
    attempt,
    stop,
    kill,
    async examine(pid) {
      return await environment.value?.examine(pid);
    },
    clearOutput() {
      output.clear();
      frames.flush();
    },
    dismissTrap(trap) {
      traps.value = traps.value.filter((other) => other !== trap);
    },
    dismissError() {
      error.value = undefined;
    },
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onOutput(listener) {
      outputListeners.add(listener);
      return () => outputListeners.delete(listener);
    },
  };
}
