import { EventKind } from "../events.ts";
import type { InspectionEvent, InspectionSnapshot, ProcessSnapshot } from "../inspectionEvent.ts";
import { RUNNING } from "../pace.ts";
import type { SystemModel } from "../systemModel.ts";

/** One order for all events and snapshots of a test file, as that of a run. */
let sequence = 0;

/** The next event of the run, on executor 0 unless told otherwise. */
export function event(kind: EventKind, pid: number, fields: Partial<InspectionEvent> = {}): InspectionEvent {
  sequence++;
  return {
    sequence,
    timeMs: sequence,
    executor: 0,
    environment: 1,
    kind,
    pid,
    other: 0,
    tag: 0n,
    value: 0,
    ...fields,
  };
}

export const spawn = (pid: number, parent = 0, fields: Partial<InspectionEvent> = {}) =>
  event(EventKind.Spawn, pid, { other: parent, text: `entry${pid}`, ...fields });
export const start = (pid: number, fields: Partial<InspectionEvent> = {}) =>
  event(EventKind.Start, pid, fields);
export const exit = (pid: number, fields: Partial<InspectionEvent> = {}) =>
  event(EventKind.Exit, pid, { value: 1, text: "returned", ...fields });

/** Takes the events in as one batch without loss. */
export function apply(model: SystemModel, ...events: InspectionEvent[]) {
  return model.apply({ events, dropped: 0 });
}

export function processState(pid: number, fields: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  return {
    pid,
    parent: 0,
    state: "parked",
    label: `entry${pid}`,
    module: 1,
    names: [],
    links: [],
    monitors: [],
    mailboxDepth: 0,
    messagesSent: 0,
    messagesReceived: 0,
    memoryBytes: 0,
    fuelUsed: 0,
    parkReason: undefined,
    awaitedTags: [],
    ...fields,
  };
}

/** As of after the last event made. */
export function snapshot(
  processes: ProcessSnapshot[],
  fields: Partial<InspectionSnapshot> = {},
): InspectionSnapshot {
  sequence++;
  return { sequence, executor: 0, pace: RUNNING, processes, ...fields };
}
