import type { Checksum } from "./checksum.ts";
import type { Device } from "./device.ts";
import { type Extent, SECTOR_BYTES, SUPERBLOCK_PAGES } from "./geometry.ts";
import { seal, unseal } from "./sealed.ts";
import type { Steps } from "./stepwise.ts";
import { PAGE_BYTES, VolumeError } from "./volume.ts";

/** Says where to begin reading. A new one is written by each checkpoint, and none over the one that counts. */
export interface Superblock {
  readonly generation: number;
  /** Drawn anew by each checkpoint: what carries another one in its journal was left there by an earlier use of the place. */
  readonly epoch: number;
  readonly area: Extent;
  /** Kept for the next checkpoint, so that one can be written when the disk is full. Only a hint. */
  readonly spare: Extent;
}

const MAGIC = 0x4c57_564f_4c01;
const VERSION = 1;
const FIELDS = 8;

/** @param copy 0, or 1 for the one that is written when the first is on the disk */
export function writeSuperblock(
  device: Device,
  superblock: Superblock,
  copy: 0 | 1,
  checksum: Checksum,
): void {
  const { generation, epoch, area, spare } = superblock;
  const sector = new Uint8Array(SECTOR_BYTES);
  const fields = [MAGIC, VERSION, generation, epoch, area.first, area.count, spare.first, spare.count];
  seal(sector, 0, fields, checksum);
  device.write((copy * 2 + (generation % 2)) * PAGE_BYTES, sector);
}

/** Takes back the first copy of one whose second was never written: the one before it is the newest again. */
export function eraseSuperblock(device: Device, { generation }: Superblock): void {
  device.write((generation % 2) * PAGE_BYTES, new Uint8Array(SECTOR_BYTES));
}

export interface FoundSuperblocks {
  /** The valid ones, newest first. None: the volume was never made, or its making was interrupted. */
  readonly superblocks: readonly Superblock[];
  /** The newest is there only once: a crash or some damage took its other copy. */
  readonly missingCopy: 0 | 1 | undefined;
}

/**
 * @param salvage takes what is left
 * @throws VolumeError `damaged` where no crash explains what is missing
 */
export function* readSuperblocks(
  device: Device,
  checksum: Checksum,
  salvage: boolean,
): Steps<FoundSuperblocks> {
  const bytes = new Uint8Array(SUPERBLOCK_PAGES * PAGE_BYTES);
  yield device.read(0, bytes);
  const places = [0, 1, 2, 3].map((place) => {
    const at = place * PAGE_BYTES;
    const isBlank = bytes.subarray(at, at + SECTOR_BYTES).every((byte) => byte === 0);
    return { superblock: decode(bytes, at, checksum), isBlank };
  });
  for (const parity of [0, 1]) {
    const first = places[parity]!;
    const second = places[parity + 2]!;
    // The second copy is written when the first is on the disk: a crash can hurt one of them, never both.
    const isHalf = first.superblock !== undefined || second.superblock !== undefined;
    if (salvage || isHalf || first.isBlank || second.isBlank) continue;
    throw new VolumeError(
      "damaged",
      `Both copies of a superblock are damaged (bytes ${parity * PAGE_BYTES} and ${(parity + 2) * PAGE_BYTES} of the volume's file): open it with { salvage: true } to read what is left`,
    );
  }
  const superblocks = newestFirst(places.flatMap(({ superblock }) => superblock ?? []));
  const newest = superblocks[0]?.generation;
  const copies = places.flatMap(({ superblock }, place) => (superblock?.generation === newest ? place : []));
  const missingCopy = copies.length === 2 ? undefined : copies[0]! < 2 ? 1 : 0;
  return { superblocks, missingCopy };
}

function decode(bytes: Uint8Array<ArrayBuffer>, at: number, checksum: Checksum): Superblock | undefined {
  const fields = unseal(bytes, at, MAGIC, FIELDS, checksum);
  if (fields === undefined) return undefined;
  const [, version, generation, epoch, areaFirst, areaCount, spareFirst, spareCount] = fields as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (version !== VERSION) {
    throw new VolumeError(
      "unavailable",
      `The volume has version ${version} of the format, and this runtime knows version ${VERSION}: use the runtime that wrote it`,
    );
  }
  return {
    generation,
    epoch,
    area: { first: areaFirst, count: areaCount },
    spare: { first: spareFirst, count: spareCount },
  };
}

function newestFirst(superblocks: readonly Superblock[]): Superblock[] {
  const distinct = new Map(superblocks.map((each) => [each.generation, each]));
  return [...distinct.values()].sort((a, b) => b.generation - a.generation);
}
