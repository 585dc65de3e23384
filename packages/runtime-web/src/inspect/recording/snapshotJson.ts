import type { ParkReason } from "../events.ts";
import type { InspectionSnapshot, ProcessSnapshot, ProcessState } from "../inspectionEvent.ts";
import { PaceCode, paceOf } from "../pace.ts";
import type { Fields } from "./fields.ts";

export const STATES: readonly ProcessState[] = ["unstarted", "runnable", "running", "parked", "ended"];

/** A value for JSON. */
export function encodeSnapshot({ sequence, executor, pace, processes }: InspectionSnapshot): object {
  return {
    sequence,
    executor,
    processes: processes.map((each) => ({ ...each, awaitedTags: each.awaitedTags.map(String) })),
    ...(pace && { pace: { code: PaceCode[pace.state], slicesPerSecond: pace.slicesPerSecond ?? 0 } }),
  };
}

/** @throws RecordingError */
export function decodeSnapshot(fields: Fields): InspectionSnapshot {
  const pace = fields.has("pace") ? fields.object("pace") : undefined;
  return {
    sequence: fields.whole("sequence"),
    executor: fields.whole("executor"),
    processes: fields.objects("processes").map(decodeProcess),
    ...(pace && { pace: paceOf(pace.whole("code"), pace.number("slicesPerSecond")) }),
  };
}

function decodeProcess(fields: Fields): ProcessSnapshot {
  return {
    pid: fields.whole("pid"),
    parent: fields.whole("parent"),
    state: fields.oneOf("state", STATES),
    parkReason: fields.optionalWhole("parkReason") as ParkReason | undefined,
    awaitedTags: fields.tags("awaitedTags"),
    label: fields.text("label"),
    module: fields.whole("module"),
    names: fields.texts("names"),
    links: fields.wholes("links"),
    monitors: fields.wholes("monitors"),
    mailboxDepth: fields.number("mailboxDepth"),
    messagesSent: fields.number("messagesSent"),
    messagesReceived: fields.number("messagesReceived"),
    memoryBytes: fields.number("memoryBytes"),
    fuelUsed: fields.number("fuelUsed"),
  };
}
