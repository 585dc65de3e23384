/** Unit of arena space, bytes. 4 KiB: a memory page of the engine, and the grain of the cleaner. */
export const EXTENT_UNIT = 4096;

/**
 * While less than this waits to be cleaned, a new process gets untouched space: cleaning a region of 17 pages takes 18 µs,
 * more than all the rest of a spawn, and can wait for an idle moment. Of a dead process' region a twentieth or so is
 * resident, so this is about 15 MB.
 */
export const DIRTY_BACKLOG_BYTES = 256 * 1024 * 1024;

/** An owned range of an arena: [start, start + size) in bytes, both multiples of EXTENT_UNIT. */
export interface Extent {
  readonly start: number;
  readonly size: number;
}

export interface TakenExtent extends Extent {
  /** Every byte is zero: fresh from the engine, or cleaned. */
  readonly isClean: boolean;
}

/**
 * Hands out ranges of an address space of at most `limitBytes`. Cleaned ranges of the same size are taken again first
 * (most processes of a module want the same), then untouched space while not too much waits to be cleaned, then ranges
 * that must be cleaned; only when all that is used up are neighbours merged.
 * Free space is kept per size, so take and release are O(1) until the arena is full.
 */
export class ExtentAllocator {
  readonly #fromByte: number;
  readonly #limitBytes: number;
  readonly #cleanBySize = new Map<number, number[]>();
  readonly #dirtyBySize = new Map<number, number[]>();
  /** Everything from here on was never handed out, so it is zero. */
  #untouchedFrom: number;
  #freeBytes = 0;
  #dirtyBytes = 0;

  constructor(fromByte: number, limitBytes: number) {
    this.#fromByte = fromByte;
    this.#untouchedFrom = fromByte;
    this.#limitBytes = limitBytes;
  }

  /** End of what was ever handed out, bytes: the arena memory must reach at least to here. */
  get highWaterMark(): number {
    return this.#untouchedFrom;
  }

  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** Handed out and not released. */
  get usedBytes(): number {
    return this.#untouchedFrom - this.#fromByte - this.#freeBytes;
  }

  /** Released and not cleaned yet. */
  get dirtyBytes(): number {
    return this.#dirtyBytes;
  }

  /** @returns undefined when no range of that size is left */
  take(bytes: number): TakenExtent | undefined {
    const size = roundUp(bytes);
    const clean = this.#cleanBySize.get(size)?.pop();
    if (clean !== undefined) {
      this.#freeBytes -= size;
      return { start: clean, size, isClean: true };
    }
    const mayLeaveDirty = this.#dirtyBytes < DIRTY_BACKLOG_BYTES;
    return (
      (mayLeaveDirty ? this.#takeUntouched(size) : undefined) ?? this.#takeDirty(size) ?? this.#takeLast(size)
    );
  }

  #takeUntouched(size: number): TakenExtent | undefined {
    const start = this.#untouchedFrom;
    if (start + size > this.#limitBytes) return undefined;
    this.#untouchedFrom = start + size;
    return { start, size, isClean: true };
  }

  #takeDirty(size: number): TakenExtent | undefined {
    const start = this.#dirtyBySize.get(size)?.pop();
    if (start === undefined) return undefined;
    this.#freeBytes -= size;
    this.#dirtyBytes -= size;
    return { start, size, isClean: false };
  }

  #takeLast(size: number): TakenExtent | undefined {
    return this.#takeUntouched(size) ?? this.#takeFromMerged(size);
  }

  release(extent: Extent): void {
    this.#put(this.#dirtyBySize, extent.start, extent.size);
  }

  /** A released range to be cleaned while there is nothing else to do; give it back by `releaseClean`. */
  takeDirty(): Extent | undefined {
    for (const [size, starts] of this.#dirtyBySize) {
      const start = starts.pop();
      if (start === undefined) continue;
      this.#freeBytes -= size;
      this.#dirtyBytes -= size;
      return { start, size };
    }
    return undefined;
  }

  releaseClean(extent: Extent): void {
    this.#put(this.#cleanBySize, extent.start, extent.size);
  }

  #put(bySize: Map<number, number[]>, start: number, size: number): void {
    if (bySize === this.#dirtyBySize) this.#dirtyBytes += size;
    const starts = bySize.get(size);
    if (starts === undefined) bySize.set(size, [start]);
    else starts.push(start);
    this.#freeBytes += size;
  }

  /** Joins neighbouring free ranges of all sizes and takes the first that fits; the rest goes back as dirty. */
  #takeFromMerged(size: number): TakenExtent | undefined {
    if (this.#freeBytes < size) return undefined;
    const free: Extent[] = [];
    for (const bySize of [this.#cleanBySize, this.#dirtyBySize]) {
      for (const [each, starts] of bySize) for (const start of starts) free.push({ start, size: each });
      bySize.clear();
    }
    this.#freeBytes = 0;
    this.#dirtyBytes = 0;
    free.sort((a, b) => a.start - b.start);
    let taken: TakenExtent | undefined;
    let index = 0;
    while (index < free.length) {
      let { start, size: length } = free[index++]!;
      while (index < free.length && free[index]!.start === start + length) length += free[index++]!.size;
      if (taken === undefined && length >= size) {
        taken = { start, size, isClean: false };
        start += size;
        length -= size;
      }
      if (length > 0) this.#put(this.#dirtyBySize, start, length);
    }
    return taken;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / EXTENT_UNIT) * EXTENT_UNIT;
}
