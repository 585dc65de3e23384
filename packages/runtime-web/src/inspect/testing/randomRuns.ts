import { EventKind, ParkReason } from "../events.ts";
import type { InspectionBatch, InspectionEvent } from "../inspectionEvent.ts";
import type { SystemModel } from "../systemModel.ts";
import { event, exit, processState, snapshot, spawn, start } from "./scriptedEvents.ts";

/** A small generator with a seed: mulberry32. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** All that a view can read of a model. */
export function state(model: SystemModel) {
  const { revision: _, ...counters } = { ...model.counters, revision: 0 };
  return {
    counters,
    timeMs: model.timeMs,
    pace: model.pace,
    processes: [...model.processes.values()].map(({ revision: __, ...process }) => structuredClone(process)),
  };
}

/** An event of any kind, of one of so many processes. */
export function randomEvent(pick: (below: number) => number, pids: number): InspectionEvent {
  const pid = 1 + pick(pids);
  const other = 1 + pick(pids);
  const kinds = [
    () => spawn(pid, pick(pids)),
    () => start(pid),
    () => event(EventKind.Park, pid, { value: ParkReason.Receive }),
    () => event(EventKind.Wake, pid),
    () => event(EventKind.MessageSent, pid, { other, tag: BigInt(pick(100)) - 50n, value: pick(1_000) }),
    () => event(EventKind.MessageQueued, pid, { other, value: pick(10) }),
    () => event(EventKind.MessageTaken, pid, { other, value: pick(10) }),
    () => event(EventKind.Link, pid, { other, tag: 1n }),
    () => event(EventKind.Unlink, pid, { other }),
    () => event(EventKind.Monitor, pid, { other }),
    () => event(EventKind.StopMonitoring, pid, { other }),
    () => event(EventKind.NameRegistered, pid, { text: `name${pick(4)}` }),
    () => event(EventKind.NameRemoved, pid, { text: `name${pick(4)}` }),
    () => event(EventKind.FuelUsed, pid, { value: 2 ** 40 + pick(2 ** 30) }),
    () => event(EventKind.MailboxSample, pid, { value: pick(9), other: pick(99), tag: BigInt(pick(99)) }),
    () => event(EventKind.Trap, pid, { text: "boom\n at fuse" }),
    () => exit(pid, { value: 1 + pick(5) }),
  ];
  return kinds[pick(kinds.length)]!();
}

/** Batches of up to 30 events; one in ten follows a loss and has a snapshot. */
export function randomBatches(seed: number, count: number): InspectionBatch[] {
  const pick = random(seed);
  return Array.from({ length: count }, () => {
    const events = Array.from({ length: pick(30) }, () => randomEvent(pick, 40));
    if (pick(10) > 0) return { events, dropped: 0 };
    const pids = Array.from({ length: 40 }, (_, index) => index + 1).filter(() => pick(2) === 0);
    return {
      events,
      dropped: 1 + pick(5),
      snapshot: snapshot(pids.map((pid) => processState(pid, { parent: pick(5), links: [1 + pick(9)] }))),
    };
  });
}
