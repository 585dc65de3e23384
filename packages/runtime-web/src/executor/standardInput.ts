/** Bytes for which the page gets one receipt: few enough that its window never waits for the next. */
const RECEIPT_BYTES = 1 << 16;

/** Input of an environment's processes: whoever reads first gets it, as with a terminal. */
export class StandardInput {
  readonly #onTaken: (bytes: number) => void;
  /** Read since the last receipt. */
  #taken = 0;
  #chunks: Uint8Array[] = [];
  #hasEnded = false;
  readonly #listeners = new Set<() => void>();

  /** @param onTaken so many more bytes have been read: more may come */
  constructor(onTaken: (bytes: number) => void) {
    this.#onTaken = onTaken;
  }

  /** @param bytes kept; the caller must not change them */
  push(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#chunks.push(bytes);
    this.#notify();
  }

  end(): void {
    this.#hasEnded = true;
    this.#notify();
  }

  read(maxBytes: number): Uint8Array | "pending" | "end" {
    const first = this.#chunks[0];
    if (first === undefined) return this.#hasEnded ? "end" : "pending";
    this.#take(Math.min(first.length, maxBytes));
    if (first.length <= maxBytes) {
      this.#chunks.shift();
      return first;
    }
    this.#chunks[0] = first.subarray(maxBytes);
    return first.subarray(0, maxBytes);
  }

  #take(bytes: number): void {
    this.#taken += bytes;
    if (this.#taken < RECEIPT_BYTES) return;
    this.#onTaken(this.#taken);
    this.#taken = 0;
  }

  available(): number | "end" {
    if (this.#chunks.length === 0) return this.#hasEnded ? "end" : 0;
    return this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  /** `listener` is called once, when there is input or it has ended. Returns what stops listening. */
  onInput(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    const waiting = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of waiting) listener();
  }
}
