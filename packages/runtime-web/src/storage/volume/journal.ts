import { encodeCheckpoint, encodeRecord, recordBytes } from "./area.ts";
import { encodeBatch } from "./batchRecord.ts";
import type { Checksum } from "./checksum.ts";
import type { Device } from "./device.ts";
import type { FreePages } from "./freePages.ts";
import { type Extent, endOf, pagesFor } from "./geometry.ts";
import type { Steps } from "./stepwise.ts";
import { eraseSuperblock, type Superblock, writeSuperblock } from "./superblock.ts";
import { isNoSpace, PAGE_BYTES } from "./volume.ts";
import type { VolumeState } from "./volumeState.ts";

const NO_BODY = new Uint8Array(0);

export interface JournalParts {
  readonly device: Device;
  readonly checksum: Checksum;
  readonly free: FreePages;
  /** Room for records that a new area has at least. */
  readonly journalBytes: number;
  readonly superblock: Superblock;
  /** Of the last batch. */
  readonly sequence: number;
  /** Where the next record goes, in bytes of the area. */
  readonly tail: number;
}

/**
 * The batches since the last checkpoint, and the making of checkpoints. There are two areas: the one in use, and a spare
 * one for the next checkpoint, so that one can also be made when the disk is full; then they change places.
 */
export class Journal {
  readonly #device: Device;
  readonly #checksum: Checksum;
  readonly #free: FreePages;
  readonly #journalBytes: number;
  #superblock: Superblock;
  #spare: Extent;
  #sequence: number;
  #durable: number;
  #tail: number;
  #records = 0;

  constructor({ device, checksum, free, journalBytes, superblock, sequence, tail }: JournalParts) {
    this.#device = device;
    this.#checksum = checksum;
    this.#free = free;
    this.#journalBytes = journalBytes;
    this.#superblock = superblock;
    this.#spare = superblock.spare;
    this.#sequence = sequence;
    this.#durable = sequence;
    this.#tail = tail;
  }

  /** Whether there is anything in it. */
  get isBegun(): boolean {
    return this.#records > 0;
  }

  hasRoom(bodyLength: number): boolean {
    return this.#tail + recordBytes(bodyLength) <= this.#limit;
  }

  /** Adds a batch, which then survives the end of the tab. */
  *append(body: Uint8Array<ArrayBuffer>): Steps<void> {
    this.#write(body);
    yield this.#device.settle();
    this.#advance(body);
  }

  /** All batches are on the disk. */
  becameDurable(): void {
    this.#durable = this.#sequence;
  }

  /** Writes down that all batches are on the disk: else a damaged last record would pass for one that a crash cut short. */
  mark(): void {
    if (!this.hasRoom(0)) return;
    this.#write(NO_BODY);
    this.#advance(NO_BODY);
  }

  /**
   * Writes down everything in the spare area and goes on there. All batches are on the disk afterwards.
   * @param room for the next record's body, in bytes
   * @throws VolumeError `noSpace`: nothing changed
   */
  *checkpoint(state: VolumeState, room: number): Steps<void> {
    const generation = this.#superblock.generation + 1;
    const epoch = drawEpoch();
    const { nextInode } = state;
    const header = { epoch, sequence: this.#sequence, nextInode };
    const bytes = encodeCheckpoint(header, encodeBatch(state.snapshot()), this.#checksum);
    const next = this.#areaFor(bytes.length, recordBytes(room));
    try {
      this.#device.write(next.area.first * PAGE_BYTES, bytes);
      yield this.#device.flush();
    } catch (error) {
      if (next.isNew) this.#free.release(next.area);
      throw error;
    }
    const previous = this.#superblock;
    const before = previous.area;
    this.#superblock = { generation, epoch, area: next.area, spare: before };
    try {
      writeSuperblock(this.#device, this.#superblock, 0, this.#checksum);
      yield this.#device.flush();
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      // IndexedDB has not taken it, OPFS may have.
      eraseSuperblock(this.#device, this.#superblock);
      this.#superblock = previous;
      if (next.isNew) this.#free.release(next.area);
      throw error;
    }
    writeSuperblock(this.#device, this.#superblock, 1, this.#checksum);
    this.#tail = bytes.length;
    this.#records = 0;
    this.#durable = this.#sequence;
    if (next.isNew && this.#spare.count > 0) this.#free.release(this.#spare);
    this.#spare = this.#spareFor(next.area.count, before);
  }

  get #limit(): number {
    const own = this.#superblock.area.count * PAGE_BYTES;
    if (this.#spare.count === 0) return own;
    // What is in the journal makes the next checkpoint larger by about as much: it must fit into the spare area.
    return Math.min(own, this.#spare.count * PAGE_BYTES - this.#journalBytes / 4);
  }

  #write(body: Uint8Array<ArrayBuffer>): void {
    const { area, epoch } = this.#superblock;
    const record = encodeRecord(epoch, this.#sequence + 1, this.#durable, body, this.#checksum);
    this.#device.write(area.first * PAGE_BYTES + this.#tail, record);
  }

  #advance(body: Uint8Array<ArrayBuffer>): void {
    this.#sequence++;
    this.#records++;
    this.#tail += recordBytes(body.length);
  }

  #areaFor(checkpointBytes: number, room: number): { readonly area: Extent; readonly isNew: boolean } {
    const least = checkpointBytes + Math.max(room, this.#journalBytes / 2) + this.#journalBytes / 4;
    if (this.#spare.count >= pagesFor(least)) return { area: this.#spare, isNew: false };
    const area = reserve(this.#device, this.#free, pagesFor(checkpointBytes * 2 + room + this.#journalBytes));
    return { area, isNew: true };
  }

  #spareFor(count: number, before: Extent): Extent {
    if (before.count >= count) return before;
    try {
      const spare = reserve(this.#device, this.#free, count);
      this.#free.release(before);
      return spare;
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      return before;
    }
  }
}

/** A new volume's first checkpoint: the root directory and nothing else. */
export function* createArea(
  device: Device,
  free: FreePages,
  state: VolumeState,
  journalBytes: number,
  checksum: Checksum,
): Steps<{ readonly superblock: Superblock; readonly tail: number }> {
  const header = { epoch: drawEpoch(), sequence: 0, nextInode: state.nextInode };
  const bytes = encodeCheckpoint(header, encodeBatch(state.snapshot()), checksum);
  const area = reserve(device, free, pagesFor(bytes.length + journalBytes));
  const spare = reserve(device, free, area.count);
  const superblock: Superblock = { generation: 1, epoch: header.epoch, area, spare };
  device.write(area.first * PAGE_BYTES, bytes);
  yield device.flush();
  writeSuperblock(device, superblock, 0, checksum);
  yield device.flush();
  writeSuperblock(device, superblock, 1, checksum);
  yield device.flush();
  return { superblock, tail: bytes.length };
}

/** Takes pages that follow each other and makes sure that the file has them. */
function reserve(device: Device, free: FreePages, count: number): Extent {
  const extent = free.allocateTogether(count);
  try {
    const missing = endOf(extent) * PAGE_BYTES - device.sizeBytes;
    if (missing > 0) device.write(endOf(extent) * PAGE_BYTES - PAGE_BYTES, new Uint8Array(PAGE_BYTES));
  } catch (error) {
    free.release(extent);
    throw error;
  }
  return extent;
}

/** Nobody can guess it, so no file's content can be made to pass for a record that was left in its place. */
function drawEpoch(): number {
  return 1 + Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER - 1));
}
