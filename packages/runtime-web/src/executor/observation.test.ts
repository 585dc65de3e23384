import { describe, expect, it } from "vitest";
import { RUNNING } from "../inspect/pace.ts";
import { unpackRecords } from "../inspect/packedRecords.ts";
import { LocalSequence } from "../inspect/recorder.ts";
import type { Detail } from "../inspect/subscription.ts";
import { SystemModel } from "../inspect/systemModel.ts";
import { data, World } from "../kernel/testing/world.ts";
import { Observation } from "./observation.ts";

/** A world that is watched from its beginning, and what its watcher knows of it. */
function watch(detail: Detail) {
  const world = new World();
  const observation = new Observation(
    world.environment,
    { label: ({ entry }) => entry },
    {
      executor: 0,
      environment: 1,
      sequence: new LocalSequence(),
      nowMs: () => 0,
      capacity: 1_000_000,
    },
  );
  observation.recorder.detail = detail;
  world.environment.sink = observation.recorder;
  observation.wantSnapshot(RUNNING);
  const model = new SystemModel();
  const flush = (isLast = false): void => {
    observation.sample();
    observation.recorder.nextSample(isLast);
    const taken = observation.take(RUNNING);
    if (taken === undefined) return;
    const { batch, snapshot } = taken;
    const events = unpackRecords(batch);
    model.apply(snapshot ? { events, dropped: batch.dropped, snapshot } : { events, dropped: batch.dropped });
  };
  return { world, observation, model, flush };
}

describe.each(["full", "sampled"] as const)("what a watcher knows at %s detail", (detail) => {
  it("of a flood: exactly how many messages each process sent and got, its depth, and whether it waits", () => {
    const { world, model, flush } = watch(detail);
    const root = world.root();
    const child = world.spawn(root);
    for (let i = 0; i < 9_000; i++) {
      world.kernel.send(root, child.pid, data());
      if (i % 1_000 === 0) flush();
    }
    for (let i = 0; i < 8_990; i++) world.receive(child);
    for (let i = 0; i < 7; i++) world.kernel.send(child, root.pid, data());
    world.receive(root, [9n]);
    flush();
    expect(model.process(root.pid)).toMatchObject({
      messagesSent: 9_000,
      messagesReceived: 7,
      mailboxDepth: 7,
      state: "parked",
    });
    expect(model.process(child.pid)).toMatchObject({
      messagesSent: 7,
      messagesReceived: 9_000,
      mailboxDepth: 10,
    });
    expect(model.counters.messagesSent).toBe(9_007);
  });

  it("of processes that a kill or the end of the run takes from a flood: exactly what they had sent and got", () => {
    const { world, model, flush } = watch(detail);
    const root = world.root();
    const [killed, left] = [world.spawn(root), world.spawn(root)];
    flush();
    for (let i = 0; i < 9_000; i++) world.kernel.send(killed, left.pid, data());
    world.kernel.killFromOutside(world.environment, killed.pid);
    world.kernel.closeEnvironment(world.environment.id);
    flush(true);
    expect(model.process(killed.pid)).toMatchObject({ messagesSent: 9_000, state: "ended" });
    expect(model.process(left.pid)).toMatchObject({
      messagesReceived: 9_000,
      mailboxDepth: 9_000,
      state: "ended",
    });
  });
});

describe("a crowd at sampled detail", () => {
  it("is told of part by part, and after some flushes exactly", () => {
    const { world, model, flush } = watch("sampled");
    const root = world.root();
    const children = Array.from({ length: 1_500 }, () => world.spawn(root));
    for (let i = 0; i < 3; i++) for (const child of children) world.kernel.send(child, root.pid, data());
    for (let i = 0; i < 4; i++) flush();
    expect(children.every(({ pid }) => model.process(pid)?.messagesSent === 3)).toBe(true);
  });

  it("has a snapshot of the moment it was wanted, not of when it is posted", () => {
    const { world, observation } = watch("sampled");
    world.root();
    expect(observation.take(RUNNING)?.snapshot?.processes).toEqual([]);
  });
});
