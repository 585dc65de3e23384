import type { Placement } from "./batchRecord.ts";
import { isUnshared } from "./bytes.ts";
import type { Checksum } from "./checksum.ts";
import type { Device } from "./device.ts";
import type { Extent } from "./geometry.ts";
import { PAGE_BYTES, type PageRun } from "./volume.ts";

/** Pages that are gathered for one write. */
const STAGED_PAGES = 64;

/** So many together are worth a write of their own, without being copied first. */
const MANY_PAGES = 16;

/**
 * Writes pages to the places that were allocated for them, as many at once as lie together: where the browser keeps files
 * in another process (Chromium's private windows), each write costs 0.5 ms whatever its size. Those in shared memory are
 * copied first: guests may be writing to them, and the checksum must be that of what is kept.
 */
export class PageWriter {
  readonly #device: Device;
  readonly #checksum: Checksum;
  readonly #staged = new Uint8Array(STAGED_PAGES * PAGE_BYTES);

  constructor(device: Device, checksum: Checksum) {
    this.#device = device;
    this.#checksum = checksum;
  }

  /** @param extents together exactly as many pages as `runs` has */
  write(runs: readonly PageRun[], extents: readonly Extent[]): Placement[] {
    const placements: Placement[] = [];
    const places = extents.map(({ first, count }) => ({ first, count }));
    for (const { inode, firstPage, bytes } of runs) {
      const end = bytes.length / PAGE_BYTES;
      for (let page = 0; page < end; ) {
        if (places[0]!.count === 0) places.shift();
        const place = places[0]!;
        const count = Math.min(end - page, place.count);
        const sums = new Uint32Array(count);
        if (count >= MANY_PAGES && isUnshared(bytes)) this.#writeAtOnce(bytes, page, place.first, sums);
        else this.#stage(bytes, page, place.first, sums);
        placements.push({ inode, firstPage: firstPage + page, location: place.first, sums });
        place.first += count;
        place.count -= count;
        page += count;
      }
    }
    this.#writeStaged();
    return placements;
  }

  #stagedAt = 0;
  #stagedPages = 0;

  #writeAtOnce(bytes: Uint8Array<ArrayBuffer>, from: number, location: number, sums: Uint32Array): void {
    this.#writeStaged();
    const run = bytes.subarray(from * PAGE_BYTES, (from + sums.length) * PAGE_BYTES);
    for (let index = 0; index < sums.length; index++) {
      sums[index] = this.#checksum(run.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES));
    }
    this.#device.write(location * PAGE_BYTES, run);
  }

  #stage(bytes: Uint8Array, from: number, location: number, sums: Uint32Array): void {
    for (let index = 0; index < sums.length; index++) {
      const isNext = location + index === this.#stagedAt + this.#stagedPages;
      if (!isNext || this.#stagedPages === STAGED_PAGES) {
        this.#writeStaged();
        this.#stagedAt = location + index;
      }
      const start = (from + index) * PAGE_BYTES;
      const slot = this.#stagedPages++ * PAGE_BYTES;
      const copy = this.#staged.subarray(slot, slot + PAGE_BYTES);
      copy.set(bytes.subarray(start, start + PAGE_BYTES));
      sums[index] = this.#checksum(copy);
    }
  }

  #writeStaged(): void {
    const pages = this.#stagedPages;
    this.#stagedPages = 0;
    if (pages === 0) return;
    this.#device.write(this.#stagedAt * PAGE_BYTES, this.#staged.subarray(0, pages * PAGE_BYTES));
  }
}
