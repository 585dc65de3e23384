import { EventKind, type History, type InspectionEvent } from "@lunatic-web/runtime/inspect";

import { formatTag } from "../formatTag.ts";

/** Events looked at for one list: it is made while a run goes on. */
const MAX_SCANNED = 30_000;

/** Kinds that say nothing to a person who reads line by line. */
const LEFT_OUT: ReadonlySet<EventKind> = new Set([
  EventKind.Wake,
  EventKind.MessageQueued,
  EventKind.FuelUsed,
  EventKind.MailboxSample,
]);

/** What a process did and what was done to it, the latest first. @param position the moment to look back from */
export function processHistory(
  history: History,
  position: number,
  pid: number,
  most: number,
): readonly { readonly position: number; readonly event: InspectionEvent }[] {
  const found: { position: number; event: InspectionEvent }[] = [];
  const last = Math.max(history.first, position - MAX_SCANNED);
  for (let at = position - 1; at >= last && found.length < most; ) {
    const segment = history.segmentAt(at);
    for (; at >= Math.max(last, segment.first) && found.length < most; at--) {
      const own = segment.pidAt(at) === pid;
      if (!own && segment.otherAt(at) !== pid) continue;
      const kind = segment.kindAt(at);
      if (LEFT_OUT.has(kind) || (!own && !CONCERNS_OTHER.has(kind))) continue;
      found.push({ position: at, event: segment.eventAt(at) });
    }
  }
  return found;
}

/** Kinds that are also the other process' business. */
const CONCERNS_OTHER: ReadonlySet<EventKind> = new Set([
  EventKind.Spawn,
  EventKind.MessageSent,
  EventKind.MoreMessages,
  EventKind.Monitor,
]);

/** An event from the point of view of one process. */
export function describeFor(
  pid: number,
  { kind, pid: own, other, tag, value, text }: InspectionEvent,
): string {
  const first = (text ?? "").split("\n", 1)[0];
  switch (kind) {
    case EventKind.Spawn:
      return own === pid ? `spawned by ${other === 0 ? "the page" : other}` : `spawned ${own}`;
    case EventKind.Start:
      return value === 0 ? "started" : `started with ${value} bytes of memory`;
    case EventKind.Park:
      return "waits";
    case EventKind.MessageSent:
      return own === pid
        ? `→ ${other} tag ${formatTag(tag)}, ${value} bytes`
        : `← ${own} tag ${formatTag(tag)}, ${value} bytes`;
    case EventKind.MoreMessages:
      return own === pid ? `→ ${other} ${value} messages more` : `← ${own} ${value} messages more`;
    case EventKind.MessageTaken:
      return `took a message, tag ${formatTag(tag)}`;
    case EventKind.Link:
      return `linked to ${other}`;
    case EventKind.Unlink:
      return `unlinked from ${other}`;
    case EventKind.Monitor:
      return own === pid ? `monitors ${other}` : `monitored by ${own}`;
    case EventKind.StopMonitoring:
      return `monitors ${other} no more`;
    case EventKind.Signal:
      return other === 0 ? "got a signal" : `got a signal from ${other}`;
    case EventKind.NameRegistered:
      return `named ${first}`;
    case EventKind.NameRemoved:
      return `lost the name ${first}`;
    case EventKind.Exit:
      return `ended: ${first}`;
    case EventKind.Trap:
      return `trapped: ${first}`;
    case EventKind.MemorySize:
      return `memory is ${value} bytes`;
    case EventKind.Notice:
      return first ?? "";
    default:
      return `event ${kind}`;
  }
}
