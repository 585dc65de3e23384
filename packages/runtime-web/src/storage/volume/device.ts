/**
 * The one byte file that a volume lives in: OPFS, IndexedDB, or memory. Where the browser is synchronous, so are these
 * calls; where it is not, they answer with a promise, and the volume waits for it before the next call. Writes begin and
 * end at sectors.
 */
export interface Device {
  readonly sizeBytes: number;
  /** How large the file could become at most, as far as the browser tells. */
  readonly capacityBytes: number;
  /** Fills `into` from `position` on; zeros beyond the end. Sees what was written, settled or not. */
  read(position: number, into: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /**
   * Writes all of `from`, growing the file, and keeps nothing of that array.
   * @throws VolumeError `noSpace`: the range holds old bytes, new ones, or some of both
   */
  write(position: number, from: Uint8Array<ArrayBuffer>): void;
  /** Cuts the file off. */
  truncate(sizeBytes: number): void;
  /**
   * What was written survives the end of the tab when this is done.
   * @throws VolumeError `noSpace`: what was written since the last time may be lost
   */
  settle(): void | Promise<void>;
  /** As `settle`, and it survives a power cut. */
  flush(): void | Promise<void>;
  /** Lets go of the file. What was not settled may be lost. */
  close(): void | Promise<void>;
}
