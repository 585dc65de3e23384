import { DatabaseError, type Output } from "@lunatic-web/runtime";
import { EventKind, History, type InspectionEvent } from "@lunatic-web/runtime/inspect";
import { signal } from "@preact/signals";
import { beforeEach, expect, it, vi } from "vitest";
import { ConsoleBuffer } from "../console/consoleBuffer.ts";
import type { Program } from "../programs/catalog.ts";
import { createFrameClock } from "../run/frameClock.ts";
import type { Goals } from "./check/goal.ts";
import { type WatchedSession, watchLesson } from "./lessonWatch.ts";

const GOALS: Goals = [
  { id: "child", title: "A child", hint: "spawn", isReached: (run) => run.children(1).length > 0 },
  { id: "line", title: "A line", hint: "print", isReached: (run) => run.lines.includes("hello") },
];
const MINE = { name: "lesson-mine" } as Program;
const OTHER = { name: "other" } as Program;

class FakeSession implements WatchedSession {
  readonly program = signal<Program | undefined>(undefined);
  readonly frames = createFrameClock(() => {});
  history = new History();
  output = new ConsoleBuffer();
  /** What the only database holds; undefined: there is none. */
  rows: number[][] | undefined;
  queries = 0;
  readonly storage = async () => ({
    databases: { query: async () => this.#query() },
    files: { readText: async (path: string) => `the content of ${path}` },
  });
  #onEvents: ((events: readonly InspectionEvent[]) => void)[] = [];
  #onOutput: ((output: Output) => void)[] = [];
  #sequence = 0;

  get model() {
    return this.history.live;
  }

  onEvents(listener: (events: readonly InspectionEvent[]) => void) {
    this.#onEvents.push(listener);
    return () => {
      this.#onEvents = this.#onEvents.filter((one) => one !== listener);
    };
  }

  onOutput(listener: (output: Output) => void) {
    this.#onOutput.push(listener);
    return () => {
      this.#onOutput = this.#onOutput.filter((one) => one !== listener);
    };
  }

  begin(program: Program) {
    this.history = new History();
    this.output = new ConsoleBuffer();
    this.program.value = program;
  }

  spawn(pid: number, parent: number) {
    this.#tell(EventKind.Spawn, pid, { other: parent, value: 1, text: "work" });
  }

  exit(pid: number) {
    this.#tell(EventKind.Exit, pid, {});
  }

  #query() {
    this.queries++;
    if (this.rows === undefined) throw new DatabaseError("missing", "there is no database");
    return { columns: [], rows: this.rows, hasMore: false };
  }

  #tell(kind: EventKind, pid: number, fields: Partial<InspectionEvent>) {
    const sequence = ++this.#sequence;
    const one = { sequence, timeMs: sequence, executor: 0, environment: 1, kind, pid };
    const events = [{ ...one, other: 0, tag: 0n, value: 0, ...fields }];
    this.history.apply({ events, dropped: 0 });
    for (const listener of this.#onEvents) listener(events);
    this.frames.flush();
  }

  print(text: string) {
    this.output.write(1, "stdout", text);
    for (const listener of this.#onOutput) listener({ pid: 1, stream: "stdout", text, timeMs: 5 });
    this.frames.flush();
  }
}

let session: FakeSession;
let told: string[];
const ignored = new WeakSet<History>();
const watch = () =>
  watchLesson(session, MINE, GOALS, ignored, (fresh) => told.push(...fresh.map(({ id }) => id)));

beforeEach(() => {
  session = new FakeSession();
  told = [];
});

it("goals are told as the run reaches them", () => {
  const stop = watch();
  session.begin(MINE);
  session.spawn(2, 1);
  expect(told).toEqual(["child"]);
  session.print("hello\n");
  expect(told).toEqual(["child", "line"]);
  stop();
});

it("runs of other programs reach nothing", () => {
  watch();
  session.begin(OTHER);
  session.spawn(2, 1);
  expect(told).toEqual([]);
});

it("two runs are not put together", () => {
  watch();
  session.begin(MINE);
  session.print("hel");
  session.begin(MINE);
  session.print("lo\n");
  expect(told).toEqual([]);
});

it("a run that began before its check was loaded is caught up with", () => {
  session.begin(MINE);
  session.spawn(2, 1);
  session.print("hello\n");
  watch();
  expect(told).toEqual(["child", "line"]);
});

it("a run that does not count any more reaches nothing, the next one does", () => {
  watch();
  session.begin(MINE);
  ignored.add(session.history);
  session.spawn(2, 1);
  expect(told).toEqual([]);
  session.begin(MINE);
  session.spawn(2, 1);
  expect(told).toEqual(["child"]);
});

it("after its end nothing is told", () => {
  watch()();
  session.begin(MINE);
  session.spawn(2, 1);
  expect(told).toEqual([]);
});

it("a goal that looks into a database is reached by what a run leaves there, not by what one has left before", async () => {
  const goals: Goals = [
    {
      id: "seven",
      title: "Seven",
      hint: "insert",
      isReached: (run) =>
        run.rows("a.db", "select a from t")?.[0]?.[0] === 7 && run.root?.ending === "returned",
    },
  ];
  session.rows = [[7]];
  watchLesson(session, MINE, goals, ignored, (fresh) => told.push(...fresh.map(({ id }) => id)));
  session.begin(MINE);
  session.spawn(1, 0);
  await vi.waitFor(() => expect(session.queries).toBeGreaterThan(0));
  session.rows = undefined;
  session.exit(1);
  const before = session.queries;
  await vi.waitFor(() => expect(session.queries).toBeGreaterThan(before));
  expect(told).toEqual([]);

  session.begin(MINE);
  session.spawn(1, 0);
  session.rows = [[7]];
  session.exit(1);
  await vi.waitFor(() => expect(told).toEqual(["seven"]));
});
