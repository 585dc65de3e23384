import { EventKind, type EventSink } from "./events.ts";

/** Notes whether messages are sent or taken, and lets every event pass. */
export class MessageWatch implements EventSink {
  hasSeen = false;
  readonly tellsAll = true;
  readonly tellsWaits = true;
  readonly #next: EventSink | undefined;

  constructor(next: EventSink | undefined) {
    this.#next = next;
  }

  emit(kind: EventKind, pid: number, other: number, tag: bigint, value: number, text?: string): void {
    if (kind === EventKind.MessageTaken) this.hasSeen = true;
    this.#next?.emit(kind, pid, other, tag, value, text);
  }

  messageSent(from: number, to: number, tag: bigint, sizeBytes: number): boolean {
    this.hasSeen = true;
    return this.#next?.messageSent(from, to, tag, sizeBytes) ?? true;
  }
}
