import { createDeferred } from "../deferred.ts";
import { CommandError, ExitStatus, errorText } from "../errors.ts";
import { planMounts } from "../files/mounts.ts";
import { emptyMounts, readMounts } from "../files/readMounts.ts";
import { writeBack } from "../files/writeBack.ts";
import { type Io, interruptStatus } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import { openProgram } from "../sdk/openProgram.ts";
import { stackDescriber } from "../sdk/stackDescriber.ts";
import type { OutputPiece } from "../session/protocol.ts";
import type { FinishedRun, SessionRun } from "../session/session.ts";
import { GuestLog, LOGGED_KINDS, logsWarnings } from "./guestLog.ts";
import { guestEnvironment, opensFiles, sessionOptions, usesLunatic } from "./guestSettings.ts";
import type { Host } from "./host.ts";
import { Recording } from "./recording.ts";

/**
 * `lunatic-web run`: the module as the root of a new environment.
 * @throws CommandError
 */
export async function runCommand(args: ParsedArguments, io: Io, host: Host): Promise<number> {
  const [path = "", ...firstArgs] = args.positionals;
  const options = sessionOptions(args, io.env);
  const timeoutMs = args.seconds("timeout");
  const module = await openProgram(path, args, io);
  const givesExitCode = args.has("wasi-exit-code");
  const isPlainWasi = givesExitCode && !usesLunatic(module.bytes);
  const env = guestEnvironment(args, isPlainWasi ? {} : io.env);
  const mounts = planMounts(args.values("dir"), io.cwd, isPlainWasi);
  const usesFiles = opensFiles(module.bytes);
  const { files, times, warnings } = usesFiles
    ? await readMounts(mounts)
    : { files: emptyMounts(mounts), times: new Map(), warnings: [] };
  for (const warning of warnings) await io.stderr.write(`Warning: ${warning}\n`);
  const recording = await Recording.create(args.value("record"), io.cwd, module.name);
  try {
    await using session = await host.openSession(options, io);
    const compiled = await session.compile(module.bytes, module.name);
    if (!compiled.entries.includes("_start")) throw noStart(path, compiled.entries);
    const log = new GuestLog({
      describeStack: stackDescriber(module.sourceMap),
      tellsOnlyTraps: isPlainWasi,
    });
    const printer = args.has("json") ? jsonPrinter(io, log) : plainPrinter(io, log);
    const run = await session.run(compiled, {
      entry: "_start",
      args: [...firstArgs, ...args.rest, ...(args.has("bench") ? ["--bench"] : [])],
      env,
      preopens: mounts.map(({ guest }) => guest),
      files,
      times,
      hasInput: true,
      returnsChanges: usesFiles,
      outputEncoding: printer.encoding,
      observe: recording === undefined ? LOGGED_KINDS : "all",
      onOutput: printer.output,
      onObserved: (events, dropped) => {
        recording?.add(events, dropped);
        const logged = events.filter(({ kind }) => LOGGED_KINDS.includes(kind));
        if (logsWarnings(io.env.RUST_LOG)) printer.log(logged, dropped);
      },
    });
    void passInput(run, io);
    const ended = await awaitEnd(run, timeoutMs, io.interrupt);
    await writeBack(mounts, ended.run.changes);
    await printer.end(ended.run);
    return exitStatus(ended, io.interrupt, givesExitCode);
  } finally {
    await recording?.close();
  }
}

function noStart(path: string, entries: readonly string[]): CommandError {
  const hint = entries.some((entry) => entry.startsWith("#lunatic_test_"))
    ? "It holds tests: run them with lunatic-web test"
    : "Build it as a program with a main function";
  return new CommandError(
    `Failed to spawn process from ${path}::_start(): it exports no such function. ${hint}`,
  );
}

interface EndedRun {
  readonly run: FinishedRun;
  readonly ended: "byItself" | "timeout" | "interrupt";
}

/** A run that was told to stop ends at its next fuel check; one that has not by then is beyond help. */
const STOP_PATIENCE_MS = 10_000;

/** @throws CommandError it was told to stop and does not */
async function awaitEnd(
  run: SessionRun,
  timeoutMs: number | undefined,
  interrupt: AbortSignal,
): Promise<EndedRun> {
  let ended: EndedRun["ended"] = "byItself";
  let patience: NodeJS.Timeout | undefined;
  const lost = createDeferred<never>();
  const stop = (reason: EndedRun["ended"]) => {
    ended = reason;
    run.stop();
    patience ??= setTimeout(() => lost.reject(stuck(reason)), STOP_PATIENCE_MS);
  };
  const onInterrupt = () => stop("interrupt");
  if (interrupt.aborted) onInterrupt();
  interrupt.addEventListener("abort", onInterrupt);
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => stop("timeout"), timeoutMs);
  try {
    return { run: await Promise.race([run.finished, lost.promise]), ended };
  } finally {
    clearTimeout(timer);
    clearTimeout(patience);
    interrupt.removeEventListener("abort", onInterrupt);
  }
}

function stuck(reason: EndedRun["ended"]): CommandError {
  return new CommandError(
    "The guest was told to end and does not: its browser is closed, and what it wrote to files is lost",
    reason === "timeout" ? ExitStatus.timeout : ExitStatus.failure,
  );
}

/**
 * lunatic itself ends with 0 however the root has ended (host ABI ch. 15 and 17.7), which hides failures from scripts;
 * here a failed root gives 1.
 */
function exitStatus({ run, ended }: EndedRun, interrupt: AbortSignal, isGuestsOwn: boolean): number {
  if (ended === "timeout") return ExitStatus.timeout;
  if (ended === "interrupt") return interruptStatus(interrupt);
  // Shells keep eight bits.
  if (isGuestsOwn && run.code !== undefined) return run.code & 0xff;
  return run.reason === "normal" ? ExitStatus.success : ExitStatus.failure;
}

/** The run may end first: then nobody reads on, and the command ends without waiting for the input. */
async function passInput(run: SessionRun, { stdin, stderr }: Io): Promise<void> {
  let isOver = false;
  void run.finished.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  try {
    for await (const chunk of stdin) {
      if (isOver) return;
      await run.input(chunk);
    }
  } catch (error) {
    await stderr.write(`Warning: stdin ends here for the guest: ${errorText(error)}\n`);
  }
  void run.input(undefined);
}

interface Printer {
  /** What it wants the text of a piece to be. */
  readonly encoding: "utf-8" | "binary";
  output(piece: OutputPiece): Promise<void>;
  log(...events: Parameters<GuestLog["lines"]>): void;
  end(run: FinishedRun): Promise<void>;
}

/** Text for a person at a terminal; for whatever else reads stdout, the bytes as the guest wrote them. */
function plainPrinter({ stdout, stderr }: Io, log: GuestLog): Printer {
  const isBinary = !stdout.isTerminal && stdout.writeBytes !== undefined && stderr.writeBytes !== undefined;
  return {
    encoding: isBinary ? "binary" : "utf-8",
    async output({ stream, text }) {
      const sink = stream === "stdout" ? stdout : stderr;
      await (isBinary ? sink.writeBytes?.(Buffer.from(text, "latin1")) : sink.write(text));
    },
    log: (events, dropped) => void stderr.write(log.lines(events, dropped)),
    end: async () => {},
  };
}

function jsonPrinter({ stdout }: Io, log: GuestLog): Printer {
  const line = (value: object) => stdout.write(`${JSON.stringify(value)}\n`);
  return {
    encoding: "utf-8",
    output: ({ pid, stream, text }) => line({ type: "output", pid, stream, text }),
    log(events, dropped) {
      const text = log.lines(events, dropped);
      if (text !== "") void line({ type: "log", text });
    },
    end: ({ reason, cause, code, message }) => line({ type: "exit", reason, cause, code, message }),
  };
}
