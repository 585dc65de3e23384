/** What the command line sends as a run's standard input. */
export class GuestInput {
  readonly stream: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor() {
    this.stream = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
    });
  }

  /** @param base64 undefined: nothing follows */
  push(base64: string | undefined): void {
    if (base64 === undefined) this.#controller.close();
    else this.#controller.enqueue(Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0)));
  }
}
