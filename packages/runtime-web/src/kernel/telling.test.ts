import { expect, test } from "vitest";
import { EventKind, type EventSink } from "../inspect/events.ts";
import { data, World } from "./testing/world.ts";

/** Tells what the kernel says of messages, to a sink that wants none of those it is told of. */
function listen(world: World, tellsAll: boolean): string[] {
  const told: string[] = [];
  const sink: EventSink = {
    tellsAll,
    tellsWaits: true,
    emit: (kind) => {
      if (kind === EventKind.MessageQueued) told.push("queued");
      if (kind === EventKind.MessageTaken) told.push("taken");
    },
    messageSent: () => {
      told.push("sent");
      return false;
    },
  };
  world.environment.sink = sink;
  return told;
}

test("of a message that is left out, nothing more is told on its way", () => {
  const world = new World();
  const root = world.root();
  const told = listen(world, false);
  world.kernel.send(root, root.pid, data(1n));
  world.kernel.receive(root, undefined, 0n, () => {});
  expect(told).toEqual(["sent"]);
});

test("who wants to be told of all is told also of the way of a message that was left out", () => {
  const world = new World();
  const root = world.root();
  listen(world, false);
  world.kernel.send(root, root.pid, data(1n));
  const told = listen(world, true);
  world.kernel.receive(root, undefined, 0n, () => {});
  expect(told).toContain("taken");
});
