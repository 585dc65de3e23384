import { deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Device } from "../storage/volume/device.ts";
import { SECTOR_BYTES } from "../storage/volume/geometry.ts";
import { estimateCapacity } from "./capacity.ts";
import { openFailure, writeFailure } from "./failures.ts";

/** Bytes of a row. A small one costs more rows for much data, a large one more bytes for a little. */
const ROW_BYTES = 16_384;
const ROW_SECTORS = ROW_BYTES / SECTOR_BYTES;
const ROWS = "rows";
const FACTS = "facts";
const SIZE = "sizeBytes";
/** Rows kept as they were last written: the journal's last one gets a sector with each batch. */
const RECENT_ROWS = 16;

/** A row that was changed and is not in the database yet. */
interface ChangedRow {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Which of its sectors are in `bytes`; undefined: all. */
  sectors: Uint8Array | undefined;
}

/**
 * A byte file in IndexedDB, for browsers without OPFS. Writes are gathered and put into the database by one transaction
 * when they are to settle: all of them, or, where the browser refuses, none.
 */
export class IdbDevice implements Device {
  readonly capacityBytes: number;
  readonly #database: IDBPDatabase;
  #sizeBytes: number;
  #settledSizeBytes: number;
  #changed = new Map<number, ChangedRow>();
  #recent = new Map<number, Uint8Array<ArrayBuffer>>();
  /** Rows from here on go before the changed ones are put. */
  #cutRow = Number.POSITIVE_INFINITY;

  constructor(database: IDBPDatabase, sizeBytes: number, capacityBytes: number) {
    this.#database = database;
    this.#sizeBytes = sizeBytes;
    this.#settledSizeBytes = sizeBytes;
    this.capacityBytes = capacityBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async read(position: number, into: Uint8Array<ArrayBuffer>): Promise<void> {
    into.fill(0);
    const end = position + into.length;
    const first = Math.floor(position / ROW_BYTES);
    const last = Math.min(Math.ceil(end / ROW_BYTES), this.#cutRow) - 1;
    if (last >= first) {
      const range = IDBKeyRange.bound(first, last);
      const transaction = this.#database.transaction(ROWS);
      const [keys, rows] = await Promise.all([
        transaction.store.getAllKeys(range) as Promise<number[]>,
        transaction.store.getAll(range) as Promise<Uint8Array<ArrayBuffer>[]>,
      ]);
      keys.forEach((row, index) => {
        copyRow(rows[index]!, row, 0, ROW_BYTES, position, into);
      });
    }
    for (let row = first; row * ROW_BYTES < end; row++) {
      const changed = this.#changed.get(row);
      if (changed === undefined) continue;
      for (let sector = 0; sector < ROW_SECTORS; sector++) {
        if (changed.sectors?.[sector] === 0) continue;
        const start = sector * SECTOR_BYTES;
        copyRow(changed.bytes, row, start, start + SECTOR_BYTES, position, into);
      }
    }
  }

  write(position: number, from: Uint8Array<ArrayBuffer>): void {
    const end = position + from.length;
    for (let at = position; at < end; ) {
      const row = Math.floor(at / ROW_BYTES);
      const start = at - row * ROW_BYTES;
      const stop = Math.min(ROW_BYTES, end - row * ROW_BYTES);
      const changed = this.#change(row, stop - start === ROW_BYTES);
      changed.bytes.set(from.subarray(at - position, at - position + stop - start), start);
      changed.sectors?.fill(1, start / SECTOR_BYTES, stop / SECTOR_BYTES);
      at += stop - start;
    }
    this.#sizeBytes = Math.max(this.#sizeBytes, end);
  }

  truncate(sizeBytes: number): void {
    const keptRows = Math.ceil(sizeBytes / ROW_BYTES);
    const tail = keptRows * ROW_BYTES - sizeBytes;
    if (tail > 0 && sizeBytes < this.#sizeBytes) this.write(sizeBytes, new Uint8Array(tail));
    for (const row of this.#changed.keys()) if (row >= keptRows) this.#changed.delete(row);
    for (const row of this.#recent.keys()) if (row >= keptRows) this.#recent.delete(row);
    this.#cutRow = Math.min(this.#cutRow, keptRows);
    this.#sizeBytes = sizeBytes;
  }

  settle(): void | Promise<void> {
    if (this.#changed.size > 0 || this.#sizeBytes !== this.#settledSizeBytes) return this.#store("relaxed");
  }

  flush(): Promise<void> {
    return this.#store("strict");
  }

  /** What was written and not settled is dropped. */
  close(): void {
    this.#database.close();
  }

  #change(row: number, isWhole: boolean): ChangedRow {
    let changed = this.#changed.get(row);
    if (changed === undefined) {
      const known = row >= this.#cutRow ? new Uint8Array(ROW_BYTES) : this.#recent.get(row)?.slice();
      changed = {
        bytes: known ?? new Uint8Array(ROW_BYTES),
        sectors: known === undefined ? new Uint8Array(ROW_SECTORS) : undefined,
      };
      this.#changed.set(row, changed);
    }
    if (isWhole) changed.sectors = undefined;
    return changed;
  }

  async #store(durability: "relaxed" | "strict"): Promise<void> {
    const changed = this.#changed;
    const transaction = this.#database.transaction([ROWS, FACTS], "readwrite", { durability });
    const requests: Promise<unknown>[] = [transaction.done];
    try {
      const rows = transaction.objectStore(ROWS);
      if (Number.isFinite(this.#cutRow)) requests.push(rows.delete(IDBKeyRange.lowerBound(this.#cutRow)));
      const partial = [...changed].filter(([, { sectors }]) => sectors !== undefined);
      await Promise.all(
        partial.map(async ([row, each]) => {
          const before = row >= this.#cutRow ? undefined : await rows.get(row);
          if (before !== undefined) fillIn(each, before as Uint8Array);
          each.sectors = undefined;
        }),
      );
      for (const [row, { bytes }] of changed) requests.push(rows.put(bytes, row));
      requests.push(transaction.objectStore(FACTS).put(this.#sizeBytes, SIZE));
      await Promise.all(requests);
    } catch (error) {
      abort(transaction);
      // They all end, and fail for the reason that is known by now.
      await Promise.allSettled(requests);
      this.#forget();
      throw writeFailure(transaction.error ?? error);
    }
    this.#settledSizeBytes = this.#sizeBytes;
    this.#changed = new Map();
    this.#cutRow = Number.POSITIVE_INFINITY;
    for (const [row, { bytes }] of changed) this.#remember(row, bytes);
  }

  /** The transaction failed, and with it everything since the last one. */
  #forget(): void {
    this.#sizeBytes = this.#settledSizeBytes;
    this.#changed = new Map();
    this.#recent = new Map();
    this.#cutRow = Number.POSITIVE_INFINITY;
  }

  #remember(row: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#recent.delete(row);
    this.#recent.set(row, bytes);
    if (this.#recent.size <= RECENT_ROWS) return;
    for (const oldest of this.#recent.keys()) {
      this.#recent.delete(oldest);
      break;
    }
  }
}

/** Opens the database of a volume. */
export async function openIdbDevice(name: string, capacityOf = estimateCapacity): Promise<IdbDevice> {
  try {
    const database = await openDB(databaseName(name), 1, {
      upgrade(created) {
        created.createObjectStore(ROWS);
        created.createObjectStore(FACTS);
      },
    });
    const sizeBytes = ((await database.get(FACTS, SIZE)) as number | undefined) ?? 0;
    return new IdbDevice(database, sizeBytes, await capacityOf(sizeBytes));
  } catch (error) {
    throw openFailure(name, error);
  }
}

/** Deletes the database of a volume that nobody has open. */
export async function deleteIdbDatabase(name: string): Promise<void> {
  await deleteDB(databaseName(name));
}

function databaseName(name: string): string {
  return `lunatic-web-volume ${name}`;
}

/** Copies `[start, end)` of a row into what is read from `position` on, as far as they overlap. */
function copyRow(
  bytes: Uint8Array,
  row: number,
  start: number,
  end: number,
  position: number,
  into: Uint8Array<ArrayBuffer>,
): void {
  const from = Math.max(row * ROW_BYTES + start, position);
  const to = Math.min(row * ROW_BYTES + end, position + into.length);
  if (from < to) into.set(bytes.subarray(from - row * ROW_BYTES, to - row * ROW_BYTES), from - position);
}

function fillIn({ bytes, sectors }: ChangedRow, before: Uint8Array): void {
  for (let sector = 0; sector < ROW_SECTORS; sector++) {
    if (sectors![sector] !== 0) continue;
    const start = sector * SECTOR_BYTES;
    bytes.set(before.subarray(start, start + SECTOR_BYTES), start);
  }
}

/** Lets nothing of a transaction come true, some request of which failed. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    const isOver = error instanceof DOMException && error.name === "InvalidStateError";
    if (!isOver) throw error;
  }
}
