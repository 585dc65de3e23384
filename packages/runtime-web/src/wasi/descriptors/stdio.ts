/**
 * Where the standard streams of a process lead. A host implements it: the page's console, a test's capture.
 * Nothing here waits: a guest that reads before there is input is parked by `WasiBinding.awaitInput`.
 */
export interface Stdio {
  /** Takes bytes a process wrote, in order per stream. The array is a copy and belongs to the callee. */
  write(stream: 1 | 2, bytes: Uint8Array): void;
  /**
   * Takes up to `maxBytes` (at least 1) of the input.
   * @returns at least one byte; "pending" there is none yet; "end" there will be none
   */
  read(maxBytes: number): Uint8Array | "pending" | "end";
  /** Bytes a `read` would give now, at least as far as it is known; "end" after the last. Takes nothing. */
  available(): number | "end";
}
