import { decodeCheckpoint, type JournalRecord, readJournal } from "./area.ts";
import type { BatchRecord, Placement } from "./batchRecord.ts";
import type { Checksum } from "./checksum.ts";
import type { Device } from "./device.ts";
import { FreePages } from "./freePages.ts";
import { type Extent, endOf, SUPERBLOCK_PAGES } from "./geometry.ts";
import type { Steps } from "./stepwise.ts";
import type { Superblock } from "./superblock.ts";
import { PAGE_BYTES, VolumeError } from "./volume.ts";
import { VolumeState } from "./volumeState.ts";

export interface Recovered {
  readonly state: VolumeState;
  readonly free: FreePages;
  readonly sequence: number;
  /** Where the journal begins in the area, in bytes. */
  readonly tail: number;
  /** For the next checkpoint; without pages where something else has its place by now. */
  readonly spare: Extent;
  /** The journal holds something, perhaps only the remains of a batch that a crash cut short. */
  readonly hasJournal: boolean;
}

/** Pages read at once to be checked. */
const READ_PAGES = 64;
const SALVAGE = "open it with { salvage: true } to read what is left";

/**
 * The state after the longest prefix of whole batches. A batch is whole when its record is, and all of its pages that
 * nothing later replaced. Batches known to be on the disk need no look at their pages; were they not whole, the disk
 * would be damaged, which reading the page tells.
 * @param salvage makes the best of a damaged journal
 * @throws VolumeError `damaged`
 */
export function* recover(
  device: Device,
  { area, spare, epoch }: Superblock,
  checksum: Checksum,
  salvage: boolean,
): Steps<Recovered> {
  const bytes = new Uint8Array(area.count * PAGE_BYTES);
  yield device.read(area.first * PAGE_BYTES, bytes);
  const checkpoint = decodeCheckpoint(bytes, epoch, checksum);
  if (checkpoint === undefined) {
    throw new VolumeError(
      "damaged",
      `The volume's checkpoint is damaged (from byte ${area.first * PAGE_BYTES} of its file on): ${SALVAGE}`,
    );
  }
  const { header, batch, journalAt } = checkpoint;
  const { records, hasRemains, damagedAt } = readJournal(bytes, journalAt, header, checksum);
  if (damagedAt !== undefined && !salvage) {
    throw new VolumeError(
      "damaged",
      `The volume's journal is damaged at byte ${area.first * PAGE_BYTES + damagedAt} of its file: ${SALVAGE}`,
    );
  }
  const durable = records.reduce((most, record) => Math.max(most, record.durable), header.sequence);
  let whole = records.length;
  let state: VolumeState;
  while (true) {
    state = replay(header.nextInode, batch, records.slice(0, whole));
    const torn = yield* findTorn(device, state, records.slice(0, whole), durable, checksum);
    if (torn === undefined) break;
    whole = records.indexOf(torn);
  }
  const free = findFree(state, [{ first: 0, count: SUPERBLOCK_PAGES }, area]);
  const isSpareFree = isFree(free, spare);
  if (isSpareFree) free.take(spare);
  return {
    state,
    free,
    sequence: header.sequence + whole,
    tail: journalAt,
    spare: isSpareFree ? spare : { first: 0, count: 0 },
    hasJournal: records.length > 0 || hasRemains,
  };
}

function isFree(free: FreePages, extent: Extent): boolean {
  for (let page = extent.first; page < endOf(extent); page++) if (free.isUsed(page)) return false;
  return true;
}

function replay(nextInode: number, checkpoint: BatchRecord, records: readonly JournalRecord[]): VolumeState {
  const state = new VolumeState(nextInode);
  state.apply(checkpoint, () => {});
  for (const { batch } of records) state.apply(batch, () => {});
  return state;
}

/** The first batch that is not certainly on the disk and has a page that lives and is not what was written. */
function* findTorn(
  device: Device,
  state: VolumeState,
  records: readonly JournalRecord[],
  durable: number,
  checksum: Checksum,
): Steps<JournalRecord | undefined> {
  for (const record of records) {
    if (record.sequence <= durable) continue;
    for (const placement of record.batch.placements) {
      if (yield* isTorn(device, state, placement, checksum)) return record;
    }
  }
  return undefined;
}

function* isTorn(
  device: Device,
  state: VolumeState,
  { inode, firstPage, location, sums }: Placement,
  checksum: Checksum,
): Steps<boolean> {
  const pages = state.pagesOf(inode);
  const bytes = new Uint8Array(Math.min(sums.length, READ_PAGES) * PAGE_BYTES);
  for (let index = 0; index < sums.length; index++) {
    const slot = index % READ_PAGES;
    if (slot === 0) yield device.read((location + index) * PAGE_BYTES, bytes);
    const lives = pages?.location(firstPage + index) === location + index;
    const page = bytes.subarray(slot * PAGE_BYTES, (slot + 1) * PAGE_BYTES);
    if (lives && checksum(page) !== sums[index]) return true;
  }
  return false;
}

function findFree(state: VolumeState, fixed: readonly Extent[]): FreePages {
  const free = new FreePages();
  for (const extent of fixed) free.take(extent);
  state.eachPage((inode, page, location) => {
    if (free.take({ first: location, count: 1 })) return;
    throw new VolumeError(
      "damaged",
      `The volume says that page ${page} of inode ${inode} lies where something else does (byte ${location * PAGE_BYTES} of its file)`,
    );
  });
  return free;
}
