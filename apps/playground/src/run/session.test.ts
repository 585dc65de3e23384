import { ExitCode } from "@lunatic-web/runtime";
import { EventKind, History } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { deferred } from "../compile/testing/deferred.ts";
import { createSession } from "./createSession.ts";
import { createFrameClock } from "./frameClock.ts";
import { moduleNamed, program, project, settled, setUp, texts } from "./testing/scriptedRun.ts";

describe("a recording", () => {
  it("is shown as a run that has ended, with its console, its traps and what it was", async () => {
    const { session, runs } = setUp();
    void session.run(program("hello"), []);
    await settled();
    const history = new History();
    const events = [
      runs[0]!.event(EventKind.Spawn, 1, { text: "main" }),
      runs[0]!.event(EventKind.Trap, 1, { text: "boom" }),
    ];
    history.apply({ events, dropped: 0 });
    history.finish();
    const info = { program: "The night watch", args: [], savedMs: 0 };
    await session.showRecording({
      info,
      history,
      lines: [
        { pid: 1, kind: "stdout", text: "hello" },
        { pid: 1, kind: "notice", text: "trapped: boom" },
      ],
    });
    expect([runs[0]!.isStopped, session.phase.value, session.recording.value]).toEqual([true, "ended", info]);
    expect([texts(session), session.traps.value]).toEqual([
      ["hello", "trapped: boom"],
      [{ pid: 1, text: "boom" }],
    ]);
    expect([session.model, session.history.end]).toEqual([history.live, 2]);
    runs[0]!.observe(runs[0]!.event(EventKind.Spawn, 2));
    await settled();
    expect(session.model.processes.size, "of the run before nothing comes any more").toBe(1);
  });
});

describe("a run", () => {
  it("goes from loading through running to its end, with what it wrote and who lived", async () => {
    const { session, runs } = setUp();
    const over = session.run(program("hello"), ["a", "b c"]);
    expect(session.phase.value).toBe("loading");
    await settled();
    const [run] = runs;
    expect(session.phase.value).toBe("running");
    expect(run!.options).toMatchObject({ args: ["a", "b c"], env: { MODE: "test" } });
    expect(run!.options.inspect, "observed from its first instruction").toBeDefined();
    run!.options.onOutput?.({ pid: 1, stream: "stdout", text: "hello\n", timeMs: 5 });
    run!.observe(run!.event(EventKind.Spawn, 1, { text: "_start" }));
    run!.end();
    await over;
    expect(session.phase.value).toBe("ended");
    expect(session.exit.value).toEqual({ reason: "normal", cause: { type: "returned" } });
    expect(texts(session)).toEqual(["hello"]);
    expect(session.model.process(1)).toMatchObject({ label: "_start", state: "ended" });
  });

  it("compiles a program of the page once", async () => {
    const { session, runs, compiled } = setUp();
    for (const index of [0, 1]) {
      const over = session.run(program("hello"), []);
      await settled();
      runs[index]!.end();
      await over;
    }
    expect(compiled).toEqual(["hello"]);
  });

  it("can be paused, stopped and watched before its first instruction, while it is prepared", async () => {
    const { session, runs } = setUp();
    const prepared = deferred<void>();
    const settings = { deterministic: { seed: 7 }, executors: 1, prepare: () => prepared.promise };
    void session.run(program("hello"), [], settings);
    await settled();
    expect(runs[0]!.options).toMatchObject({ deterministic: { seed: 7 }, executors: 1 });
    expect([session.phase.value, session.environment.value?.id]).toEqual(["running", 1]);
    runs[0]!.observe(runs[0]!.event(EventKind.Spawn, 1, { text: "main" }));
    await settled();
    expect(session.model.process(1)?.label).toBe("main");
    await session.stop();
    prepared.resolve();
    await settled();
    expect([session.phase.value, session.environment.value]).toEqual(["ended", undefined]);
    expect(session.model.counters.events, "it is watched once").toBe(1);
  });

  it("ends the one before it, and nothing of that one shows up any more", async () => {
    const { session, runs } = setUp();
    void session.run(program("first"), []);
    await settled();
    runs[0]!.options.onOutput?.({ pid: 1, stream: "stdout", text: "early", timeMs: 5 });
    void session.run(program("second"), []);
    await settled();
    expect(runs[0]!.isStopped).toBe(true);
    runs[0]!.options.onOutput?.({ pid: 1, stream: "stdout", text: "late", timeMs: 5 });
    runs[0]!.observe(runs[0]!.event(EventKind.Spawn, 9));
    await settled();
    expect(texts(session)).toEqual([]);
    expect(session.model.processes.size).toBe(0);
    expect(session.phase.value).toBe("running");
  });

  it("stops when told to, and kills whom it is told to", async () => {
    const { session, runs } = setUp();
    const over = session.run(program("hello"), []);
    await settled();
    await session.kill(3);
    expect(runs[0]!.killed).toEqual([3]);
    await session.stop();
    await over;
    expect(session.phase.value).toBe("ended");
    await session.kill(4);
    expect(runs[0]!.killed).toEqual([3]);
  });
});

describe("what a person should know", () => {
  it("traps come latest first, until they are dismissed", async () => {
    const { session, runs } = setUp();
    void session.run(program("hello"), []);
    await settled();
    const run = runs[0]!;
    run.observe(
      run.event(EventKind.Trap, 2, { text: "first\nat a" }),
      run.event(EventKind.Trap, 3, { text: "second" }),
    );
    await settled();
    expect(session.traps.value.map((trap) => trap.pid)).toEqual([3, 2]);
    expect(texts(session)).toEqual(["trapped: first", "trapped: second"]);
    session.dismissTrap(session.traps.value[0]!);
    expect(session.traps.value).toEqual([{ pid: 2, text: "first\nat a" }]);
  });

  it("denials and ends that nobody asked for are told in the console, normal ends are not", async () => {
    const { session, runs } = setUp();
    void session.run(program("hello"), []);
    await settled();
    const run = runs[0]!;
    run.observe(
      run.event(EventKind.Notice, 1, { text: "spawn was denied" }),
      run.event(EventKind.Exit, 2, { value: ExitCode.killed, text: "process 1 killed it" }),
      run.event(EventKind.Exit, 3, { value: ExitCode.returned, text: "its entry function returned" }),
    );
    await settled();
    expect(session.output.lines.map(({ pid, kind, text }) => [pid, kind, text])).toEqual([
      [1, "notice", "spawn was denied"],
      [2, "notice", "ended: process 1 killed it"],
    ]);
  });

  it("the deaths of a thousand linked processes are 20 lines and a number", async () => {
    const { session, runs } = setUp();
    void session.run(program("hello"), []);
    await settled();
    const run = runs[0]!;
    run.observe(
      ...Array.from({ length: 1_000 }, (_, i) =>
        run.event(EventKind.Exit, i + 1, { value: ExitCode.linkDied, text: "its linked process died" }),
      ),
    );
    await settled();
    expect(session.output.lines).toHaveLength(21);
    expect(texts(session).at(-1)).toBe("980 more processes ended for such reasons");
  });
});

describe("failures", () => {
  it("a runtime that does not start says why before anything is run, and again at each run", async () => {
    const failure = Object.assign(new Error("It needs Chrome 137"), { name: "UnsupportedBrowserError" });
    const session = createSession(
      Promise.reject(failure),
      createFrameClock(() => {}),
    );
    await settled();
    const expected = { title: "This browser cannot run lunatic processes", detail: "It needs Chrome 137" };
    expect(session.error.value).toEqual(expected);
    session.dismissError();
    await session.run(program("hello"), []);
    expect(session.phase.value).toBe("idle");
    expect(session.error.value).toEqual(expected);
  });

  it("a program that cannot be compiled leaves an error and no run", async () => {
    const { session, runs } = setUp(() =>
      Promise.reject(Object.assign(new Error("cut off"), { name: "InstrumentError" })),
    );
    await session.run(program("broken"), []);
    expect(session.phase.value).toBe("idle");
    expect(session.error.value).toEqual({ title: "This file cannot be run", detail: "cut off" });
    expect(runs).toEqual([]);
  });

  it("a visitor's bad file is named in the error, and the run beside it goes on", async () => {
    const { session, runs } = setUp((name) =>
      name === "bad.wasm" ? Promise.reject(new Error("not wasm")) : Promise.resolve(moduleNamed(name)),
    );
    void session.run(program("hello"), []);
    await settled();
    expect(await session.compile(new File(["?"], "bad.wasm"))).toBeUndefined();
    expect(session.error.value?.detail).toBe("bad.wasm: not wasm");
    expect(session.phase.value).toBe("running");
    expect(runs[0]!.isStopped).toBe(false);
    expect(await session.compile(new File(["?"], "good.wasm"))).toMatchObject({ name: "good.wasm" });
    expect(session.error.value).toBeUndefined();
  });
});

describe("a run of a project", () => {
  const built = { bytes: new Uint8Array(), sourceMap: "map" };

  it("compiles its files first, each time anew", async () => {
    const { session, runs, compiled } = setUp(undefined, async () => built);
    for (const index of [0, 1]) {
      const over = session.run(project("mine"), []);
      await settled();
      expect(session.sourceMap.value).toBe("map");
      runs[index]!.end();
      await over;
    }
    expect(compiled).toEqual(["mine", "mine"]);
  });

  it("says that it compiles, and runs the prebuilt module if the files are what that was built of", async () => {
    let answer: (result: undefined) => void = () => {};
    const { session, compiled } = setUp(undefined, () => new Promise((resolve) => (answer = resolve)));
    void session.run(project("example"), []);
    await settled();
    expect(session.phase.value).toBe("compiling");
    answer(undefined);
    await settled();
    expect(session.phase.value).toBe("running");
    expect(session.sourceMap.value).toBeUndefined();
    expect(compiled).toEqual(["example"]);
  });

  it("with errors runs nothing, also not what was built before", async () => {
    let fails = false;
    const { session, runs } = setUp(undefined, async () => {
      if (fails) throw new Error("main.ts:1:1");
      return built;
    });
    void session.run(project("mine"), []);
    await settled();
    fails = true;
    await session.run(project("mine"), []);
    expect(runs).toHaveLength(1);
    expect(runs[0]!.isStopped).toBe(true);
    expect(session.phase.value).toBe("idle");
    expect(session.error.value?.detail).toContain("main.ts:1:1");
  });

  it("that is stopped while it compiles never starts, whatever the compiler says later", async () => {
    const signals: AbortSignal[] = [];
    let answer: (result: typeof built) => void = () => {};
    const { session, runs } = setUp(undefined, (_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => (answer = resolve));
    });
    void session.run(project("mine"), []);
    await settled();
    await session.stop();
    expect(signals[0]?.aborted).toBe(true);
    expect(session.phase.value).toBe("idle");
    answer(built);
    await settled();
    expect(runs).toHaveLength(0);
    expect(session.error.value).toBeUndefined();
  });
});

describe("a program with a partner", () => {
  const partner = { name: "counter", args: ["serve"], fetchModule: () => Promise.resolve(new Response()) };

  it("has it beside itself, in the same environment", async () => {
    const { session, runs, compiled } = setUp();
    void session.run({ ...program("lesson"), partner }, []);
    await settled();
    expect(compiled).toEqual(["lesson", "counter"]);
    expect(runs[0]!.spawned).toMatchObject([
      { module: { name: "counter" }, config: { args: ["counter", "serve"] } },
    ]);
  });

  it("that cannot join it says so and goes on", async () => {
    const { session } = setUp();
    void session.run({ ...program("lesson"), partner: { ...partner, name: "unable" } }, []);
    await settled();
    expect(session.phase.value).toBe("running");
    expect(texts(session)).toEqual(["Cannot spawn it: no memory"]);
  });
});

it("listeners get what is written, until they end it", async () => {
  const { session, runs } = setUp();
  const heard: string[] = [];
  const stop = session.onOutput(({ text }) => heard.push(text));
  void session.run(program("hello"), []);
  await settled();
  runs[0]!.options.onOutput!({ pid: 1, stream: "stdout", text: "one\n", timeMs: 5 });
  stop();
  runs[0]!.options.onOutput!({ pid: 1, stream: "stdout", text: "two\n", timeMs: 5 });
  expect(heard).toEqual(["one\n"]);
});

describe("the files and databases of a program", () => {
  const opened: string[] = [];
  const usingStorage = () => {
    opened.length = 0;
    return setUp(
      (name) => Promise.resolve(moduleNamed(name, name !== "hello")),
      undefined,
      async ({ name }, isRepeatable) => void opened.push(isRepeatable ? `${name}, empty` : name),
    );
  };

  it("are opened before a run of one that uses some, and not for another", async () => {
    const { session, runs } = usingStorage();
    void session.run(program("hello"), []);
    await settled();
    expect([runs.length, opened]).toEqual([1, []]);
    void session.run(program("guestbook"), []);
    await settled();
    expect([runs.length, opened]).toEqual([2, ["guestbook"]]);
    void session.run(program("guestbook"), [], { deterministic: { seed: 1 } });
    await settled();
    expect(opened).toEqual(["guestbook", "guestbook, empty"]);
  });

  it("are not changed before the run that had others has ended", async () => {
    const { session, runs } = usingStorage();
    void session.run(program("first"), []);
    await settled();
    let end = () => {};
    runs[0]!.stop = () => {
      end = () => runs[0]!.end();
      return Promise.resolve();
    };
    void session.run(program("second"), []);
    await settled();
    expect(opened).toEqual(["first"]);
    end();
    await settled();
    expect(opened).toEqual(["first", "second"]);
  });
});
