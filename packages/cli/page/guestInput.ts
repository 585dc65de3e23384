/** Bytes that wait here for the runtime before more is asked for. */
const HIGH_WATER_BYTES = 1 << 18;

/** What the command line sends as a run's standard input. */
export class GuestInput {
  readonly stream: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #isWanted = true;
  /** Told when there is room again. */
  #waiting: (() => void)[] = [];

  constructor() {
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#wake(),
        cancel: () => {
          this.#isWanted = false;
          this.#wake();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }),
    );
  }

  /**
   * What comes when nobody reads any more is dropped: the guest may end before its input does, and the runtime then
   * cancels the stream, or lets it fail with the worker that read it.
   * @param base64 undefined: nothing follows
   * @param onRoom called once, when more may come
   */
  push(base64: string | undefined, onRoom: () => void): void {
    // null: the stream has failed.
    if (!this.#isWanted || this.#controller.desiredSize === null) {
      onRoom();
      return;
    }
    if (base64 === undefined) this.#controller.close();
    else this.#controller.enqueue(Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0)));
    if ((this.#controller.desiredSize ?? 1) > 0) onRoom();
    else this.#waiting.push(onRoom);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const onRoom of waiting) onRoom();
  }
}
