import { type ObservedProcess, ParkReason } from "@lunatic-web/runtime/inspect";
import { formatTag } from "./formatTag.ts";

const PARKED: Readonly<Record<ParkReason, string>> = {
  [ParkReason.Receive]: "waiting for a message",
  [ParkReason.Sleep]: "sleeping",
  [ParkReason.Spawn]: "waiting for a spawn",
  [ParkReason.Registry]: "waiting for the registry",
  [ParkReason.Catch]: "in a catch",
  [ParkReason.Preempted]: "waiting for its turn",
  [ParkReason.AwaitingStack]: "waiting for a stack",
  [ParkReason.Poll]: "polling",
  [ParkReason.Other]: "waiting",
  [ParkReason.Input]: "waiting for input",
  [ParkReason.Output]: "waiting until its output is shown",
  [ParkReason.File]: "waiting for a file",
};

const SHORT: Readonly<Partial<Record<ParkReason, string>>> = {
  [ParkReason.Receive]: "receiving",
  [ParkReason.Sleep]: "sleeping",
  [ParkReason.Input]: "reading",
  [ParkReason.Output]: "writing",
  [ParkReason.File]: "waiting for a file",
};

/** The state in a word or two, for a table. */
export function describeState(process: ObservedProcess): string {
  if (process.state === "parked") return SHORT[process.parkReason ?? ParkReason.Other] ?? "waiting";
  if (process.state === "ended" && process.trapText !== "") return "trapped";
  return process.state;
}

/** The state in a sentence's part, with the reason of a wait or an end. */
export function explainState(process: ObservedProcess): string {
  if (process.state === "ended") return process.exitText === "" ? "ended" : `ended: ${process.exitText}`;
  if (process.parkReason !== undefined) return PARKED[process.parkReason] + awaitedTags(process);
  return process.state === "unstarted" ? "waiting for its start" : process.state;
}

/** " with tag 130 or 2 others" */
function awaitedTags({ awaitedTag, awaitedTagCount }: ObservedProcess): string {
  if (awaitedTagCount === 0) return "";
  const others = awaitedTagCount - 1;
  const more = others === 0 ? "" : ` or ${others} ${others === 1 ? "other" : "others"}`;
  return ` with tag ${formatTag(awaitedTag)}${more}`;
}

/**
 * A registry name as a person gave it: lunatic-rs registers "name/Type+Serializer" with Rust paths, of which only
 * the first part was chosen by somebody.
 */
export function shortenName(name: string): string {
  return /^(.+?)\/[^/]*::/s.exec(name)?.[1] ?? name;
}

/** "3 counter", or "3" when neither name nor entry function is known. */
export function nameProcess(process: ObservedProcess): string {
  const [name] = process.names;
  return `${process.pid} ${name === undefined ? process.label : shortenName(name)}`.trimEnd();
}
