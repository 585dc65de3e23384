import { ExitCode } from "@lunatic-web/runtime";
import { EventKind, type InspectionEvent, ParkReason, SystemModel } from "@lunatic-web/runtime/inspect";
import type { Goals } from "../goal.ts";
import { GoalTracker } from "../goalTracker.ts";
import type { WatchedRows } from "../storageLook.ts";
import { RunWatch } from "../watchedRun.ts";

/** A run told event by event, as the runtime would: for tests of checks. Each method returns the run, to go on. */
export class ScriptedRun {
  readonly watch = new RunWatch({
    rows: (database) => this.#found.get(database),
    text: (path) => this.#files.get(path),
  });
  readonly #model = new SystemModel();
  readonly #tracker: GoalTracker;
  readonly #found = new Map<string, WatchedRows>();
  readonly #files = new Map<string, string>();
  #sequence = 0;

  /** The first process is there already: 1, which runs `main`. */
  constructor(goals: Goals) {
    this.#tracker = new GoalTracker(goals);
    this.spawn(1, 0, "main");
  }

  /** Ids of the goals that were reached so far. */
  get reached(): readonly string[] {
    return this.#tracker.reached;
  }

  /** As a program does it whose `spawn` gives the child its argument. */
  spawnWithArgument(pid: number, parent: number, entry: string): this {
    return this.spawn(pid, parent, entry).message(parent, pid);
  }

  spawn(pid: number, parent: number, entry: string, module = 1): this {
    return this.event(EventKind.Spawn, pid, { other: parent, text: entry, value: module });
  }

  /** A message that is sent, comes and is taken at once. */
  message(from: number, to: number, tag = 0n, bytes = 8): this {
    return this.sent(from, to, tag, bytes).queued(from, to, tag).taken(from, to, tag);
  }

  sent(from: number, to: number, tag = 0n, bytes = 8): this {
    return this.event(EventKind.MessageSent, from, { other: to, tag, value: bytes });
  }

  queued(from: number, to: number, tag = 0n): this {
    return this.event(EventKind.MessageQueued, to, { other: from, tag });
  }

  taken(from: number, to: number, tag = 0n): this {
    return this.event(EventKind.MessageTaken, to, { other: from, tag });
  }

  /** A question with its answer, as requests are: both have the same tag. */
  request(from: number, to: number, tag: bigint): this {
    return this.message(from, to, tag).message(to, from, tag);
  }

  link(one: number, other: number): this {
    return this.event(EventKind.Link, one, { other }).event(EventKind.Link, other, { other: one });
  }

  monitor(pid: number, other: number): this {
    return this.event(EventKind.Monitor, pid, { other });
  }

  /** Somebody it is linked with has ended, and it hears of it. */
  linkEnded(pid: number, other: number): this {
    return this.event(EventKind.Signal, pid, { other, value: 5 });
  }

  /** Somebody it monitors has ended, and it hears of it. */
  monitoredEnded(pid: number, other: number): this {
    return this.event(EventKind.Signal, pid, { other, value: 8 });
  }

  name(pid: number, name: string): this {
    return this.event(EventKind.NameRegistered, pid, { text: name });
  }

  /** It waits for a message, none comes in time, and it goes on. */
  timeout(pid: number): this {
    return this.event(EventKind.Park, pid, { value: ParkReason.Receive })
      .event(EventKind.Wake, pid)
      .sleep(pid);
  }

  sleep(pid: number): this {
    return this.event(EventKind.Park, pid, { value: ParkReason.Sleep }).event(EventKind.Wake, pid);
  }

  /** It has executed so many instructions until now. */
  compute(pid: number, instructions: number): this {
    return this.event(EventKind.FuelUsed, pid, { value: instructions });
  }

  /** @param by the killer, or the linked process whose death it shares */
  exit(pid: number, ending: keyof typeof ExitCode = "returned", by = 0): this {
    if (ending === "trapped") this.event(EventKind.Trap, pid, { text: "it panicked" });
    return this.event(EventKind.Exit, pid, { value: ExitCode[ending], other: by });
  }

  notice(pid: number, text: string): this {
    return this.event(EventKind.Notice, pid, { text });
  }

  /** A line on stdout. */
  print(pid: number, line: string): this {
    this.watch.write(pid, "stdout", `${line}\n`);
    this.#tracker.look(this.watch);
    return this;
  }

  /** From now on every query finds this in the database. */
  found(database: string, rows: WatchedRows): this {
    this.#found.set(database, rows);
    this.#tracker.look(this.watch);
    return this;
  }

  /** From now on the file has this in it; undefined: it is gone. */
  file(path: string, text: string | undefined): this {
    if (text === undefined) this.#files.delete(path);
    else this.#files.set(path, text);
    this.#tracker.look(this.watch);
    return this;
  }

  event(kind: EventKind, pid: number, fields: Partial<InspectionEvent> = {}): this {
    const sequence = ++this.#sequence;
    const one = { sequence, timeMs: sequence, executor: 0, environment: 1, kind, pid };
    const events = [{ ...one, other: 0, tag: 0n, value: 0, ...fields }];
    this.#model.apply({ events, dropped: 0 });
    this.watch.apply(events, this.#model);
    this.#tracker.look(this.watch);
    return this;
  }
}

/** @returns a run of which only `main` is there */
export function scriptRun(goals: Goals): ScriptedRun {
  return new ScriptedRun(goals);
}
