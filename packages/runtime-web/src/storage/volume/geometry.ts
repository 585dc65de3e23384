import { PAGE_BYTES } from "./volume.ts";

/**
 * What a disk writes whole or not at all. Records begin at a sector of their own, so that no sector that was flushed is
 * ever written again while it counts: a torn write can only hurt what was not yet promised.
 */
export const SECTOR_BYTES = 512;

/** Where the superblocks are. Those of odd generations and even ones alternate; each is written twice. */
export const SUPERBLOCK_PAGES = 4;

/** Pages of the file, `first` counting from its beginning. */
export interface Extent {
  readonly first: number;
  readonly count: number;
}

export function endOf({ first, count }: Extent): number {
  return first + count;
}

export function pagesFor(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}

export function toSectors(bytes: number): number {
  return Math.ceil(bytes / SECTOR_BYTES) * SECTOR_BYTES;
}
