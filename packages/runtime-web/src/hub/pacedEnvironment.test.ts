import { describe, expect, it } from "vitest";
import { PAUSED, RUNNING } from "../inspect/pace.ts";
import type { PaceCommand, PaceReport } from "../protocol/pacing.ts";
import { PacedEnvironment } from "./pacedEnvironment.ts";

/** One executor as the hub sees it: slices that could run, timers that make more of them. */
interface FakeExecutor {
  nowMs: number;
  /** Per slice, whether it sends a message. */
  slices: boolean[];
  /** Deadlines; each makes one silent slice. */
  timers: number[];
  isDeterministic: boolean;
  hasEnded: boolean;
  isLost: boolean;
  posted: number[];
  received: number[];
}

function executor(fields: Partial<FakeExecutor> = {}): FakeExecutor {
  return {
    nowMs: 0,
    slices: [],
    timers: [],
    isDeterministic: false,
    hasEnded: false,
    isLost: false,
    posted: [0, 0],
    received: [0, 0],
    ...fields,
  };
}

function setUp(...executors: FakeExecutor[]) {
  const asked: string[] = [];
  let now: () => void = () => {};
  let waits = 0;
  const environment = new PacedEnvironment({
    executors: () => [...executors.keys()].filter((index) => !executors[index]!.isLost),
    ask: async (index, command) => {
      asked.push(`${index} ${command.type === "set" ? command.pace.state : textOf(command)}`);
      return answer(executors[index]!, command, index);
    },
    wait: () => {
      waits++;
      return new Promise((resolve) => {
        now = resolve;
      });
    },
  });
  /** The environment waits for time to pass. */
  const hasWaited = async (before: number): Promise<void> => {
    while (waits === before) await Promise.resolve();
  };
  /** Lets one tick of slow motion pass, and what it does. */
  const tick = (): Promise<void> => {
    const before = waits;
    now();
    return hasWaited(before);
  };
  return { environment, asked, tick, begun: () => hasWaited(0), end: () => now() };
}

function textOf(command: PaceCommand): string {
  return command.type === "advance" ? `advance ${command.toMs}` : command.type;
}

function answer(fake: FakeExecutor, command: PaceCommand, index: number): PaceReport | undefined {
  if (command.type === "advance") {
    fake.nowMs = Math.max(fake.nowMs, command.toMs);
    const due = fake.timers.filter((timer) => timer <= fake.nowMs);
    fake.timers = fake.timers.filter((timer) => timer > fake.nowMs);
    fake.slices.push(...due.map(() => false));
  }
  const slice = command.type === "step" ? fake.slices.shift() : undefined;
  const { nowMs, isDeterministic, hasEnded, posted, received } = fake;
  const envelopes = { posted: [...posted], received: [...received] };
  const nextTimerMs = fake.timers.length === 0 ? undefined : Math.min(...fake.timers);
  const ran = slice === undefined ? undefined : 100 + index;
  return {
    executor: index,
    envelopes,
    ran,
    sawMessage: slice === true,
    nowMs,
    nextTimerMs,
    isDeterministic,
    hasEnded,
  };
}

describe("pause and resume", () => {
  it("reach every executor, and the stopped clocks are set to the latest of them", async () => {
    const { environment, asked } = setUp(executor({ nowMs: 3 }), executor({ nowMs: 5 }));
    expect(await environment.setPace(PAUSED)).toBe(true);
    expect(await environment.setPace(RUNNING)).toBe(true);
    expect(asked).toEqual(["0 paused", "1 paused", "0 advance 5", "1 advance 5", "0 running", "1 running"]);
  });

  it("tell that the environment has ended", async () => {
    expect(await setUp(executor({ hasEnded: true })).environment.setPace(PAUSED)).toBe(false);
    expect(await setUp(executor({ isLost: true })).environment.setPace(PAUSED)).toBe(false);
  });
});

describe("a step", () => {
  it("pauses what runs, and runs as many slices as it is told, one executor after the other", async () => {
    const { environment, asked } = setUp(
      executor({ slices: [false, false] }),
      executor({ slices: [false, false] }),
    );
    const report = await environment.step({ slices: 3 });
    expect(report).toEqual({ outcome: "stepped", slices: 3, pid: 100, sawMessage: false });
    expect(asked.filter((each) => each.endsWith("step"))).toEqual(["0 step", "1 step", "0 step"]);
    expect(asked[0]).toBe("0 paused");
  });

  it("goes to the next message, however many slices that takes", async () => {
    const { environment } = setUp(executor({ slices: [false, false, true, false] }));
    const report = await environment.step("message");
    expect(report).toEqual({ outcome: "stepped", slices: 3, pid: 100, sawMessage: true });
  });

  it("lets time jump to the first timer of all executors where every process waits", async () => {
    const { environment, asked } = setUp(executor({ timers: [500] }), executor({ timers: [300, 900] }));
    const report = await environment.step({ slices: 1 });
    expect(report).toMatchObject({ outcome: "stepped", slices: 1, pid: 101 });
    expect(asked).toContain("0 advance 300");
    expect(asked).toContain("1 advance 300");
  });

  it("waits for what is under way between executors before time jumps", async () => {
    const receiver = executor({ timers: [500] });
    const { environment, asked, begun, end } = setUp(executor({ posted: [0, 1] }), receiver);
    const step = environment.step({ slices: 1 });
    await begun();
    expect(asked.filter((each) => each.includes("advance 500"))).toEqual([]);
    receiver.received = [1, 0];
    receiver.slices.push(false);
    end();
    expect(await step).toMatchObject({ outcome: "stepped", pid: 101 });
    expect(receiver.timers).toEqual([500]);
  });

  it("does not wait for what was posted to an executor that is lost", async () => {
    const { environment } = setUp(executor({ posted: [0, 1] }), executor({ isLost: true }));
    expect(await environment.step({ slices: 1 })).toMatchObject({ outcome: "idle" });
  });

  it("says that nothing will happen by itself", async () => {
    const { environment } = setUp(executor());
    expect(await environment.step({ slices: 1 })).toEqual({
      outcome: "idle",
      slices: 0,
      pid: undefined,
      sawMessage: false,
    });
  });

  it("is ended by a newer command, which is carried out then", async () => {
    const endless = executor({ slices: new Array(100).fill(false) });
    const { environment, asked } = setUp(endless);
    const step = environment.step("message");
    while (endless.slices.length > 90) await Promise.resolve();
    const paused = environment.setPace(PAUSED);
    expect(await step).toMatchObject({ outcome: "interrupted", sawMessage: false });
    await paused;
    expect(asked.at(-1)).toBe("0 paused");
    expect(endless.slices.length).toBeGreaterThan(80);
  });

  it("goes on without an executor that was lost", async () => {
    const lost = executor({ slices: [false] });
    const { environment } = setUp(lost, executor({ slices: [false, false] }));
    await environment.step({ slices: 1 });
    lost.isLost = true;
    expect(await environment.step({ slices: 2 })).toMatchObject({ slices: 2, pid: 101 });
  });

  it("tells the end of the environment", async () => {
    const ending = executor({ slices: [false] });
    const { environment } = setUp(ending);
    await environment.step({ slices: 1 });
    ending.hasEnded = true;
    expect(await environment.step({ slices: 1 })).toMatchObject({ outcome: "ended", slices: 0 });
  });
});

describe("slow motion", () => {
  const slow = (slicesPerSecond: number) => ({ state: "slow", slicesPerSecond }) as const;

  it("gives out so many slices a second", async () => {
    const fake = executor({ slices: new Array(10).fill(false) });
    const { environment, tick } = setUp(fake);
    await environment.setPace(slow(4));
    await tick();
    expect(fake.slices.length).toBe(9);
    await tick();
    expect(fake.slices.length).toBe(8);
  });

  it("gives out several at once where a tick is worth several", async () => {
    const fake = executor({ slices: new Array(1_000).fill(false) });
    const { environment, tick } = setUp(fake);
    await environment.setPace(slow(1_000));
    await tick();
    expect(fake.slices.length).toBe(1_000 - 16);
  });

  it("lets time pass as it would while every process waits", async () => {
    const fake = executor({ timers: [600] });
    const { environment, tick } = setUp(fake);
    await environment.setPace(slow(4));
    await tick();
    await tick();
    expect([fake.nowMs, fake.timers.length]).toEqual([500, 1]);
    await tick();
    expect([fake.nowMs, fake.timers.length, fake.slices.length]).toEqual([600, 0, 0]);
  });

  it("skips waits of a deterministic run", async () => {
    const fake = executor({ timers: [60_000], isDeterministic: true });
    const { environment, tick } = setUp(fake);
    await environment.setPace(slow(4));
    await tick();
    expect([fake.nowMs, fake.slices.length]).toEqual([60_000, 0]);
  });
});
