import { EventKind } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { scriptRun } from "./testing/scriptedRun.ts";
import { hasFailed } from "./watchedProcess.ts";

const run = () => scriptRun([]);

it("processes are known by who started them, in their order", () => {
  const { watch } = run().spawn(2, 1, "count").spawn(3, 1, "count").spawn(4, 2, "grow");
  expect(watch.root?.entry).toBe("main");
  expect(watch.children(1).map(({ pid }) => pid)).toEqual([2, 3]);
  expect(watch.process(4)).toMatchObject({ parent: 2, entry: "grow", ending: "alive" });
  expect(watch.children(9)).toEqual([]);
});

it("the first message from the one that started a process is its argument, the others are not", () => {
  const { watch } = run().spawn(2, 1, "count").spawn(3, 1, "count").message(2, 3).message(1, 3).message(1, 3);
  expect(watch.messages.map(({ isArgument }) => isArgument)).toEqual([false, true, false]);
});

describe("a mailbox", () => {
  it("a message taken before an older one counts, and the older one does not when it is taken then", () => {
    const scripted = run().queued(2, 1, 5n).queued(2, 1, 6n).taken(2, 1, 6n);
    expect(scripted.watch.root?.takenOutOfOrder).toBe(1);
    expect(scripted.taken(2, 1, 5n).watch.root).toMatchObject({ taken: 2, takenOutOfOrder: 1 });
  });

  it("messages taken as they came are in order, also where they have the same tag and sender", () => {
    const { watch } = run().queued(2, 1).queued(2, 1).taken(2, 1).taken(2, 1);
    expect(watch.root).toMatchObject({ taken: 2, takenOutOfOrder: 0 });
  });
});

describe("a time-out", () => {
  it("is a wait for a message after which the process does something else", () => {
    expect(run().timeout(1).watch.root?.timeouts).toBe(1);
  });

  it("is none if a message ends the wait, and none if it slept", () => {
    const { watch } = run()
      .event(EventKind.Park, 1, { value: 1 })
      .queued(2, 1)
      .event(EventKind.Wake, 1)
      .taken(2, 1)
      .sleep(1)
      .sleep(1);
    expect(watch.root?.timeouts).toBe(0);
  });

  it("counts also if it is the last thing that a process does", () => {
    const { watch } = run().event(EventKind.Park, 1, { value: 1 }).event(EventKind.Wake, 1).exit(1);
    expect(watch.root).toMatchObject({ timeouts: 1, ending: "returned" });
  });
});

it("a process that ended before its first sample has the instructions that its end tells", () => {
  const { watch } = run().compute(1, 5).event(EventKind.Exit, 1, { value: 1, tag: 7_000_000n });
  expect(watch.root).toMatchObject({ instructions: 7_000_000, ending: "returned" });
  expect(run().compute(1, 5).exit(1).watch.root?.instructions).toBe(5);
});

it("links, monitors, names and what became of them stay, also when they are gone", () => {
  const { watch } = run()
    .spawn(2, 1, "work")
    .link(1, 2)
    .monitor(1, 2)
    .name(2, "worker")
    .exit(2, "trapped")
    .linkEnded(1, 2)
    .monitoredEnded(1, 2);
  expect([...watch.root!.links, ...watch.root!.monitors]).toEqual([2, 2]);
  expect(watch.root).toMatchObject({ linkEnds: [2], monitoredEnds: [2] });
  expect([...watch.process(2)!.names]).toEqual(["worker"]);
});

it("a process has failed if it crashed, was killed or went with another, not if it returned or the program ended", () => {
  const failed = (["trapped", "killed", "linkDied", "limit"] as const).map((ending) =>
    hasFailed(run().exit(1, ending).watch.root!),
  );
  const ended = (["returned", "environmentEnded"] as const).map((ending) =>
    hasFailed(run().exit(1, ending).watch.root!),
  );
  expect(failed).toEqual([true, true, true, true]);
  expect(ended).toEqual([false, false]);
  expect(hasFailed(run().watch.root!)).toBe(false);
});

it("output is told in whole lines, apart for each process", () => {
  const { watch } = run();
  watch.write(1, "stdout", "one\ntw");
  watch.write(2, "stdout", "other\n");
  watch.write(1, "stdout", "o\n");
  watch.write(1, "stderr", "not this\n");
  expect(watch.root?.lines).toEqual(["one", "two"]);
  expect(watch.lines).toEqual(["one", "other", "two"]);
});

it("a flood is counted and not kept", () => {
  const scripted = run();
  for (let pid = 2; pid <= 25_000; pid++) scripted.spawn(pid, 1, "grow");
  expect(scripted.watch.processes.length).toBe(20_000);
  expect(scripted.watch.mostAlive).toBe(25_000);
});
