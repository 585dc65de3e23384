import { EventKind, type InspectionEvent, ParkReason, type SystemModel } from "@lunatic-web/runtime/inspect";
import { formatBytes } from "../view/format.ts";
import { formatTag } from "../view/formatTag.ts";
import { nameProcess } from "../view/processText.ts";

/** What is told one by one; of a slice that sends a thousand messages nobody reads each. */
const DEEDS_TOLD = 4;

/** What a step did, for a line beside the controls. */
export interface StepText {
  /** The process that ran: "3 counter". */
  readonly who: string;
  /** "sent 8 B to 1 main (tag 5)", "spawned 4 worker", … */
  readonly deeds: readonly string[];
}

/**
 * @param pid that ran
 * @param events since the step began, of all processes
 */
export function describeStep(
  pid: number,
  events: readonly InspectionEvent[],
  model: Pick<SystemModel, "process">,
): StepText {
  const name = (other: number): string => {
    const process = model.process(other);
    return process ? nameProcess(process) : `${other}`;
  };
  const deeds = events.flatMap((event) => deedOf(event, pid, name) ?? []);
  const more = deeds.length - DEEDS_TOLD;
  return {
    who: name(pid),
    deeds: more > 0 ? [...deeds.slice(0, DEEDS_TOLD), `and ${more} more`] : deeds,
  };
}

function deedOf(event: InspectionEvent, ran: number, name: (pid: number) => string): string | undefined {
  const { kind, pid, other, tag, value } = event;
  if (kind === EventKind.Spawn) return other === ran ? `spawned ${name(pid)}` : undefined;
  if (kind === EventKind.Exit) return pid === ran ? "ended" : `${name(pid)} ended`;
  if (pid !== ran) return undefined;
  switch (kind) {
    case EventKind.MessageSent:
      return `sent ${formatBytes(value)} to ${name(other)}${tagText(tag)}`;
    case EventKind.MessageTaken:
      return other === 0
        ? `took a message${tagText(tag)}`
        : `took a message of ${name(other)}${tagText(tag)}`;
    case EventKind.Link:
      return `linked itself to ${name(other)}`;
    case EventKind.Monitor:
      return `monitors ${name(other)}`;
    case EventKind.NameRegistered:
      return `is registered as ${event.text ?? ""}`;
    case EventKind.Trap:
      return "trapped";
    case EventKind.Park:
      return PARKED[value as ParkReason];
    default:
      return undefined;
  }
}

function tagText(tag: bigint): string {
  return tag === 0n ? "" : ` (tag ${formatTag(tag)})`;
}

const PARKED: Readonly<Partial<Record<ParkReason, string>>> = {
  [ParkReason.Receive]: "waits for a message",
  [ParkReason.Sleep]: "sleeps",
  [ParkReason.Spawn]: "waits for its child",
  [ParkReason.Registry]: "waits for a name",
  [ParkReason.Preempted]: "used up its slice",
};
