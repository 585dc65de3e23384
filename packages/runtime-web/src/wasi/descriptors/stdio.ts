/**
 * Where the standard streams of a process lead. A host implements it: the page's console, a test's capture.
 * Nothing here waits: a guest that reads before there is input is parked by `WasiBinding.awaitInput`, one that writes
 * faster than it is taken by `WasiBinding.awaitRoom`.
 */
export interface Stdio {
  /** Takes bytes a process wrote, in order per stream. The array is a copy and belongs to the callee. */
  write(stream: 1 | 2, bytes: Uint8Array): void;
  /** Whether more may be written now: not too much is on its way already. A write without room is taken all the same. */
  hasRoom(): boolean;
  /**
   * Takes up to `maxBytes` (at least 1) of the input.
   * @returns at least one byte; "pending" there is none yet; "end" there will be none
   */
  read(maxBytes: number): Uint8Array | "pending" | "end";
  /** Bytes a `read` would give now, at least as far as it is known; "end" after the last. Takes nothing. */
  available(): number | "end";
}
