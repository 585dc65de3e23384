import { EventKind } from "../inspect/events.ts";
import type { Environment } from "./environment.ts";
import type { Pid } from "./ids.ts";
import { sizeOf, tagOf } from "./mailbox.ts";
import type { Message } from "./message.ts";
import type { Process } from "./process.ts";

/** Tells of a message before it is routed, and notes on it whether its way is to be told too. */
export function tellSent({ sink }: Environment, from: Pid, to: Pid, message: Message): void {
  if (sink === undefined) return;
  const isTold = sink.messageSent(from, to, tagOf(message), sizeOf(message));
  if (message.kind === "data") message.isUntold = !isTold;
}

/** Tells that a message is in a mailbox. @param depth  of the mailbox, with it */
export function tellQueued({ pid, environment: { sink } }: Process, message: Message, depth: number): void {
  if (sink === undefined || (isUntold(message) && !sink.tellsAll)) return;
  sink.emit(EventKind.MessageQueued, pid, message.from, tagOf(message), depth);
}

/** Tells that its receiver took a message. @param depth  of the mailbox, without it */
export function tellTaken({ pid, environment: { sink } }: Process, message: Message, depth: number): void {
  if (sink === undefined || (isUntold(message) && !sink.tellsAll)) return;
  sink.emit(EventKind.MessageTaken, pid, message.from, tagOf(message), depth);
}

function isUntold(message: Message): boolean {
  return message.kind === "data" && message.isUntold;
}
