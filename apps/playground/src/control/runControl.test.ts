import type { PageProcess, RunningEnvironment, StepReport } from "@lunatic-web/runtime";
import { EventKind } from "@lunatic-web/runtime/inspect";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { program, settled, setUp as setUpSession } from "../run/testing/scriptedRun.ts";
import { createRunControl } from "./runControl.ts";
import { FULL_SPEED } from "./speeds.ts";

function setUp() {
  const { session, runs } = setUpSession();
  const focus = signal<number | undefined>(undefined);
  const control = createRunControl(session, focus);
  const start = async (startsPaused = false) => {
    void control.run(program("hello"), [], startsPaused);
    await settled();
    return runs.at(-1)!;
  };
  return { session, control, focus, start };
}

function stepped(fields: Partial<StepReport> = {}): StepReport {
  return { outcome: "stepped", slices: 1, pid: 1, sawMessage: false, ...fields };
}

describe("the next run", () => {
  it("goes as it was set: with a seed, or on so many executors, at a speed, paused", async () => {
    const { control, start } = setUp();
    expect((await start()).options.deterministic).toBeUndefined();
    control.executors.value = 1;
    await control.setSpeed(0);
    const slow = await start(true);
    expect(slow.options.executors).toBe(1);
    expect(slow.paced, "before its first instruction").toEqual(["pause", "speed 1"]);
    control.isDeterministic.value = true;
    control.seed.value = 7;
    const { deterministic, executors } = (await start()).options;
    expect([deterministic, executors]).toEqual([{ seed: 7 }, undefined]);
  });

  it("is not paused because the one before was", async () => {
    const { control, start } = setUp();
    await start(true);
    expect(control.isPaused.value).toBe(true);
    const run = await start();
    expect([control.isPaused.value, run.paced]).toEqual([false, []]);
    await control.pause();
    run.end();
    await settled();
    expect(control.isPaused.value).toBe(false);
  });
});

describe("the run that goes on", () => {
  it("is paused, resumed and slowed down at once", async () => {
    const { control, start } = setUp();
    const run = await start();
    await control.pause();
    await control.setSpeed(3);
    await control.resume();
    await control.setSpeed(FULL_SPEED);
    expect(run.paced).toEqual(["pause", "speed 10", "resume", "speed undefined"]);
  });

  it("tells after a step what it did, and the process that ran is chosen", async () => {
    const { control, focus, start } = setUp();
    const run = await start(true);
    run.observe(run.event(EventKind.Spawn, 1, { text: "main" }));
    await settled();
    void control.step("message");
    expect([run.paced.at(-1), control.lastStep.value?.report]).toEqual(["step message", undefined]);
    run.finishStep(stepped({ sawMessage: true }));
    await settled();
    expect(focus.value).toBe(1);
    run.observe(run.event(EventKind.MessageSent, 1, { other: 1, value: 4 }));
    await settled();
    expect(control.lastStep.value?.text, "events come by a way of their own").toEqual({
      who: "1 main",
      deeds: ["sent 4 B to 1 main"],
    });
    void control.step("slice");
    run.finishStep(stepped());
    await settled();
    expect(control.lastStep.value?.text?.deeds, "of this step only").toEqual([]);
    await control.resume();
    expect(control.lastStep.value).toBeUndefined();
  });

  it("says nothing of a step in whose place another came", async () => {
    const { control, focus, start } = setUp();
    const run = await start();
    void control.step("message");
    const finishFirst = run.finishStep;
    void control.step("slice");
    finishFirst(stepped({ outcome: "interrupted", pid: 9 }));
    await settled();
    expect([focus.value, control.lastStep.value?.report]).toEqual([undefined, undefined]);
    run.finishStep(stepped({ pid: 2 }));
    await settled();
    expect([focus.value, control.lastStep.value?.report?.pid]).toEqual([2, 2]);
  });

  it("gets the visitor's messages from one process of the page, and one that has ended is no error", async () => {
    const { session, control, start } = setUp();
    const run = await start();
    const sent: unknown[] = [];
    const labels: unknown[] = [];
    const attach: RunningEnvironment["attach"] = async (options) => {
      labels.push(options?.label);
      return {
        send: (...message: unknown[]) => void sent.push(message),
      } as Partial<PageProcess> as PageProcess;
    };
    Object.assign(run, { attach });
    await control.send(3, 7n, Uint8Array.of(1));
    await control.send(4, 0n, Uint8Array.of());
    expect([labels, sent]).toEqual([
      ["visitor"],
      [
        [3, 7n, Uint8Array.of(1)],
        [4, 0n, Uint8Array.of()],
      ],
    ]);
    Object.assign(run, {
      pause: () => Promise.reject(Object.assign(new Error("it has ended"), { name: "ProcessEndedError" })),
    });
    await control.pause();
    expect(session.error.value).toBeUndefined();
  });
});
