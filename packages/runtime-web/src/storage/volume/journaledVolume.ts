import { encodeBatch } from "./batchRecord.ts";
import { isUnshared } from "./bytes.ts";
import type { Checksum } from "./checksum.ts";
import type { Device } from "./device.ts";
import type { FreePages } from "./freePages.ts";
import type { Extent } from "./geometry.ts";
import type { Journal } from "./journal.ts";
import { PageWriter } from "./pageWriter.ts";
import { InTurn, type Steps } from "./stepwise.ts";
import {
  isNoSpace,
  PAGE_BYTES,
  type Volume,
  type VolumeBatch,
  type VolumeContents,
  VolumeError,
} from "./volume.ts";
import type { VolumeState } from "./volumeState.ts";

/** Pages that wait for a flush before they may be used again, from which on one is made for them rather than growing. */
const FEW_PAGES = 64;

/** A write that makes a file longer asks the browser for quota, which costs as much as several that do not. */
const MIN_STEP_BYTES = 2 ** 18;
const MAX_STEP_BYTES = 2 ** 24;

export interface VolumeParts {
  readonly device: Device;
  readonly checksum: Checksum;
  readonly state: VolumeState;
  readonly free: FreePages;
  readonly journal: Journal;
  /** What of it may be read but not changed, and why; undefined: everything may. */
  readonly readOnly?: string;
  /** The journal holds batches of an earlier life. */
  readonly owesCheckpoint?: boolean;
}

/**
 * A volume in one byte file. Pages of content go to free places and never over others; the journal then says that they
 * are there. A place is free again when it is certain on the disk that nothing of it counts any more.
 */
export class JournaledVolume implements Volume {
  readonly contents: VolumeContents;
  readonly #device: Device;
  readonly #checksum: Checksum;
  readonly #state: VolumeState;
  readonly #free: FreePages;
  readonly #journal: Journal;
  readonly #writer: PageWriter;
  readonly #turns = new InTurn();
  /** Hold what counts no more, but after a power cut it might again. */
  #leaving: Extent[] = [];
  #leavingPages = 0;
  #isFlushed = true;
  /** Before anything is written: what was read may not be on the disk yet, and what is written relies on it. */
  #owesCheckpoint: boolean;
  /** Why nothing can be changed any more. */
  #refusal: VolumeError | undefined;
  #isClosed = false;

  constructor({ device, checksum, state, free, journal, readOnly, owesCheckpoint = false }: VolumeParts) {
    this.#device = device;
    this.#owesCheckpoint = owesCheckpoint;
    this.#checksum = checksum;
    this.#state = state;
    this.#free = free;
    this.#journal = journal;
    this.#writer = new PageWriter(device, checksum);
    this.contents = state.contents();
    if (readOnly !== undefined) this.#refusal = new VolumeError("unavailable", readOnly);
  }

  /** Makes the checkpoint that it owes. Without room for it the volume can be read, and is asked for it again by changes. */
  *begin(): Steps<void> {
    try {
      yield* this.#payCheckpoint();
    } catch (error) {
      if (!isNoSpace(error)) throw error;
    }
  }

  readPages(inode: number, firstPage: number, into: Uint8Array): void | Promise<void> {
    return this.#turns.do(() => this.#read(inode, firstPage, into));
  }

  commit(batch: VolumeBatch): void | Promise<void> {
    return this.#turns.do(() => this.#commit(batch));
  }

  sync(): void | Promise<void> {
    return this.#turns.do(() => this.#sync());
  }

  usage(): { readonly usedBytes: number; readonly capacityBytes: number } {
    return { usedBytes: this.#free.used * PAGE_BYTES, capacityBytes: this.#device.capacityBytes };
  }

  close(): void | Promise<void> {
    return this.#turns.do(() => this.#close());
  }

  *#read(inode: number, firstPage: number, into: Uint8Array): Steps<void> {
    if (this.#isClosed) throw closed();
    const pages = this.#state.pagesOf(inode);
    const end = into.length / PAGE_BYTES;
    for (let index = 0; index < end; ) {
      const location = pages?.location(firstPage + index) ?? 0;
      let count = 1;
      while (index + count < end && isNext(pages?.location(firstPage + index + count), location, count))
        count++;
      const target = into.subarray(index * PAGE_BYTES, (index + count) * PAGE_BYTES);
      if (location === 0) target.fill(0);
      else {
        const bytes = isUnshared(target) ? target : new Uint8Array(target.length);
        yield this.#device.read(location * PAGE_BYTES, bytes);
        for (let page = 0; page < count; page++)
          this.#check(bytes, page, inode, firstPage + index + page, location + page);
        if (bytes !== target) target.set(bytes);
      }
      index += count;
    }
  }

  #check(bytes: Uint8Array<ArrayBuffer>, slot: number, inode: number, page: number, location: number): void {
    const sum = this.#checksum(bytes.subarray(slot * PAGE_BYTES, (slot + 1) * PAGE_BYTES));
    if (sum === this.#state.pagesOf(inode)!.sum(page)) return;
    throw new VolumeError(
      "damaged",
      `Page ${page} of inode ${inode} is not what was written (byte ${location * PAGE_BYTES} of the volume's file)`,
    );
  }

  *#commit(batch: VolumeBatch): Steps<void> {
    this.#assertWritable();
    yield* this.#payCheckpoint();
    const count = batch.pages.reduce((sum, { bytes }) => sum + pageCount(bytes), 0);
    const wouldGrow = this.#free.holes < count;
    if (wouldGrow && this.#leavingPages > Math.max(FEW_PAGES, this.#free.used / 4)) yield* this.#flush();
    try {
      yield* this.#append(batch, count);
    } catch (error) {
      const canTryAgain = isNoSpace(error) && this.#leavingPages > 0;
      if (!canTryAgain) throw error;
      yield* this.#flush();
      yield* this.#append(batch, count);
    }
    this.#isFlushed = false;
  }

  *#append({ pages, ...rest }: VolumeBatch, count: number): Steps<void> {
    const extents = this.#free.allocate(count);
    try {
      this.#grow();
      const placements = this.#writer.write(pages, extents);
      const record = { ...rest, placements };
      const body = encodeBatch(record);
      if (!this.#journal.hasRoom(body.length)) yield* this.#checkpoint(body.length);
      yield* this.#journal.append(body);
      this.#state.apply(record, (extent) => this.#leave(extent));
    } catch (error) {
      for (const extent of extents) this.#free.release(extent);
      throw error;
    }
  }

  /** Makes the file longer by some steps at once than all that is in use needs. */
  #grow(): void {
    const { sizeBytes } = this.#device;
    if (this.#free.end * PAGE_BYTES <= sizeBytes) return;
    const step = Math.min(Math.max(MIN_STEP_BYTES, sizeBytes / 4), MAX_STEP_BYTES);
    const end = Math.ceil((this.#free.end * PAGE_BYTES) / step) * step;
    try {
      this.#device.write(Math.ceil(end / PAGE_BYTES) * PAGE_BYTES - PAGE_BYTES, new Uint8Array(PAGE_BYTES));
    } catch (error) {
      // Less than that may still fit: the pages themselves will tell.
      if (!isNoSpace(error)) throw error;
    }
  }

  *#sync(): Steps<void> {
    this.#assertWritable();
    yield* this.#payCheckpoint();
    if (this.#isFlushed) return;
    yield* this.#flush();
    this.#isFlushed = true;
    this.#journal.mark();
  }

  *#flush(): Steps<void> {
    yield this.#device.flush();
    this.#becameDurable();
  }

  *#payCheckpoint(): Steps<void> {
    if (!this.#owesCheckpoint) return;
    yield this.#device.flush();
    yield* this.#checkpoint(0);
    this.#owesCheckpoint = false;
  }

  *#checkpoint(room: number): Steps<void> {
    try {
      yield* this.#journal.checkpoint(this.#state, room);
    } catch (error) {
      if (!isNoSpace(error)) this.#refuse(error);
      throw error;
    }
    this.#becameDurable();
    this.#isFlushed = true;
    this.#cutOff();
  }

  #becameDurable(): void {
    this.#journal.becameDurable();
    for (const extent of this.#leaving) this.#free.release(extent);
    this.#leaving = [];
    this.#leavingPages = 0;
  }

  *#close(): Steps<void> {
    if (this.#isClosed) return;
    try {
      if (this.#refusal === undefined && this.#journal.isBegun) yield* this.#checkpoint(0);
    } finally {
      this.#isClosed = true;
      yield this.#device.close();
    }
  }

  /** A page that nothing refers to any more is free after the next flush. */
  #leave({ first, count }: Extent): void {
    this.#leavingPages += count;
    const last = this.#leaving.at(-1);
    if (last !== undefined && last.first + last.count === first) {
      this.#leaving[this.#leaving.length - 1] = { first: last.first, count: last.count + count };
    } else this.#leaving.push({ first, count });
  }

  /** Gives the free end of the file back to the browser, unless it is hardly worth it. */
  #cutOff(): void {
    const neededBytes = this.#free.end * PAGE_BYTES;
    const surplusBytes = this.#device.sizeBytes - neededBytes;
    if (surplusBytes > Math.max(neededBytes / 2, 2 * MIN_STEP_BYTES)) this.#device.truncate(neededBytes);
  }

  #assertWritable(): void {
    if (this.#isClosed) throw closed();
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  #refuse(cause: unknown): void {
    this.#refusal = new VolumeError(
      "unavailable",
      "The volume takes no more changes, because a checkpoint failed half-way: open it again, nothing that was synced is lost",
      { cause },
    );
  }
}

function closed(): VolumeError {
  return new VolumeError("closed", "The volume is closed");
}

function isNext(location: number | undefined, first: number, count: number): boolean {
  return first === 0 ? (location ?? 0) === 0 : location === first + count;
}

function pageCount(bytes: Uint8Array): number {
  if (bytes.length % PAGE_BYTES === 0) return bytes.length / PAGE_BYTES;
  throw new RangeError(`A run of ${bytes.length} bytes is not one of whole pages`);
}
