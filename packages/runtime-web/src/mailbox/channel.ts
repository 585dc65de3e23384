/**
 * One executor's end of the way to and from one other executor. Frames arrive whole, in order and exactly once while
 * both executors live; there is no bound on what may be under way. Only the thread that made the end uses it.
 */
export interface Channel {
  /** Never blocks and never refuses. The frame is copied: it may be reused on return. */
  post(frame: Uint8Array): void;
  /**
   * Called by `poll`, or by the event loop, with each frame; the callee owns its bytes, unless the channel was made to
   * lend them. Set before anything arrives.
   */
  onFrame: (frame: Uint8Array<ArrayBuffer>) => void;
  /** Frames wait here because the other side does not keep up. */
  readonly hasBacklog: boolean;
  /**
   * Hands over what has arrived and sends on what waits here. Costs little when there is nothing, so an executor calls
   * it between slices.
   * @returns true if frames were handed over
   */
  poll(): boolean;
  /** Nothing is handed over any more. What was posted before still goes out where the transport can hold it. */
  close(): void;
}
