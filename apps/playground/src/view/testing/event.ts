import type { EventKind, InspectionEvent } from "@lunatic-web/runtime/inspect";

let sequence = 0;

/** An event of one executor at the beginning of a run; each has the next number. */
export function createEvent(
  kind: EventKind,
  pid: number,
  fields: Partial<InspectionEvent> = {},
): InspectionEvent {
  sequence++;
  return {
    sequence,
    timeMs: 0,
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
