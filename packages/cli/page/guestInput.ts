/** What the command line sends as a run's standard input. */
export class GuestInput {
  readonly stream: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #isWanted = true;

  constructor() {
    this.stream = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#isWanted = false;
      },
    });
  }

  /**
   * What comes when nobody reads any more is dropped: the guest may end before its input does, and the runtime then
   * cancels the stream, or lets it fail with the worker that read it.
   * @param base64 undefined: nothing follows
   */
  push(base64: string | undefined): void {
    // null: the stream has failed.
    if (!this.#isWanted || this.#controller.desiredSize === null) return;
    if (base64 === undefined) this.#controller.close();
    else this.#controller.enqueue(Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0)));
  }
}
