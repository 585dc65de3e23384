import type { InspectionBatch } from "../inspect/inspectionEvent.ts";

/** Batches a slow subscriber may leave untaken before the oldest are dropped: about 8 seconds. */
const MAX_WAITING = 256;

/** One subscriber's view of an environment's batches: an async iterator with a bounded buffer. */
export class InspectionStream implements AsyncIterableIterator<InspectionBatch> {
  readonly #waiting: InspectionBatch[] = [];
  readonly #onEnd: (stream: InspectionStream) => void;
  /** Batches were dropped here: the next one taken must say so, and a snapshot must follow. */
  #droppedRecords = 0;
  #wake: ((result: IteratorResult<InspectionBatch>) => void) | undefined;
  #hasEnded = false;
  readonly #requestSnapshot: () => void;

  constructor(onEnd: (stream: InspectionStream) => void, requestSnapshot: () => void) {
    this.#onEnd = onEnd;
    this.#requestSnapshot = requestSnapshot;
  }

  push(batch: InspectionBatch): void {
    if (this.#hasEnded) return;
    const complete =
      this.#droppedRecords === 0 ? batch : { ...batch, dropped: batch.dropped + this.#droppedRecords };
    this.#droppedRecords = 0;
    if (this.#wake !== undefined) {
      const wake = this.#wake;
      this.#wake = undefined;
      wake({ done: false, value: complete });
      return;
    }
    this.#waiting.push(complete);
    if (this.#waiting.length > MAX_WAITING) {
      const lost = this.#waiting.shift()!;
      this.#droppedRecords += lost.events.length + lost.dropped;
      this.#requestSnapshot();
    }
  }

  /** No batch follows. What waits can still be taken. */
  end(): void {
    this.#hasEnded = true;
    this.#wake?.({ done: true, value: undefined });
    this.#wake = undefined;
  }

  next(): Promise<IteratorResult<InspectionBatch>> {
    const batch = this.#waiting.shift();
    if (batch !== undefined) return Promise.resolve({ done: false, value: batch });
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  return(): Promise<IteratorResult<InspectionBatch>> {
    this.#waiting.length = 0;
    this.end();
    this.#onEnd(this);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
