/** What a run reads from stdin: all at once, or as it comes. */
export type InputSource = string | Uint8Array | ReadableStream<Uint8Array>;

/** Bytes of a stream that may wait for the processes to read them. */
const INPUT_WINDOW = 1 << 20;

/**
 * How much of a run's input its processes have not read yet. Without it a source without end (`yes | …`) would fill the
 * memory of an executor whose processes read slowly, or not at all.
 */
export class InputWindow {
  #outstanding = 0;
  #waiting: (() => void)[] = [];

  /** So much more is on its way. */
  add(bytes: number): void {
    this.#outstanding += bytes;
  }

  /** The processes have read so much. */
  taken(bytes: number): void {
    this.#outstanding -= bytes;
    if (this.#outstanding >= INPUT_WINDOW) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  }

  /** @returns settles when more may come */
  async whenRoom(): Promise<void> {
    if (this.#outstanding < INPUT_WINDOW) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}

/**
 * Passes input on until it or the run has ended.
 * @param push   called with each piece, and with undefined at the end
 * @param ended  settles when nobody reads any more; a stream is cancelled then
 * @param window a stream is read no faster than it has room
 * @returns when there is nothing left to pass on. Rejects when the stream does; to the run its input has ended then
 */
export async function pumpInput(
  source: InputSource,
  push: (bytes: Uint8Array | undefined) => void,
  ended: Promise<unknown>,
  window: InputWindow,
): Promise<void> {
  if (!(source instanceof ReadableStream)) {
    push(typeof source === "string" ? new TextEncoder().encode(source) : source);
    push(undefined);
    return;
  }
  const reader = source.getReader();
  void ended.then(() => reader.cancel());
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      push(read.value);
      window.add(read.value.length);
      await Promise.race([window.whenRoom(), ended]);
    }
  } finally {
    push(undefined);
  }
}
