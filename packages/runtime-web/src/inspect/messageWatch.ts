import { EventKind, type EventSink } from "./events.ts";

/** Notes whether messages are sent or taken, and lets every event pass. */
export class MessageWatch implements EventSink {
  hasSeen = false;
  readonly #next: EventSink | undefined;

  constructor(next: EventSink | undefined) {
    this.#next = next;
  }

  emit(kind: EventKind, pid: number, other: number, tag: bigint, value: number, text?: string): void {
    if (kind === EventKind.MessageSent || kind === EventKind.MessageTaken) this.hasSeen = true;
    this.#next?.emit(kind, pid, other, tag, value, text);
  }
}
