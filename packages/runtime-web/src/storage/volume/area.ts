import { type BatchRecord, decodeBatch } from "./batchRecord.ts";
import type { Checksum } from "./checksum.ts";
import { SECTOR_BYTES, toSectors } from "./geometry.ts";
import { seal, sealBytes, unseal } from "./sealed.ts";

/**
 * An area is a checkpoint (everything the volume knew at a moment) and behind it the journal (a record for each batch
 * since). Both consist of a sealed header and a body with a checksum, and begin at a sector.
 */
export interface CheckpointHeader {
  readonly epoch: number;
  /** Of the last batch that is in it. */
  readonly sequence: number;
  readonly nextInode: number;
}

export interface JournalRecord {
  readonly sequence: number;
  /** The last batch of which it was certain, when this was written, that it is on the disk. */
  readonly durable: number;
  /** Place in the area, in bytes. */
  readonly at: number;
  readonly batch: BatchRecord;
}

const CHECKPOINT_MAGIC = 0x4c57_4348_4b01;
const CHECKPOINT_FIELDS = 6;
const RECORD_MAGIC = 0x4c57_4a52_4e01;
const RECORD_FIELDS = 6;
const NOTHING: BatchRecord = { inodes: [], entries: [], cuts: [], placements: [], discarded: [] };

export function encodeCheckpoint(
  { epoch, sequence, nextInode }: CheckpointHeader,
  body: Uint8Array<ArrayBuffer>,
  checksum: Checksum,
): Uint8Array<ArrayBuffer> {
  const fields = [CHECKPOINT_MAGIC, epoch, sequence, nextInode, body.length, checksum(body)];
  return withHeader(fields, body, checksum);
}

/** @returns undefined: it is damaged */
export function decodeCheckpoint(
  area: Uint8Array<ArrayBuffer>,
  epoch: number,
  checksum: Checksum,
):
  | { readonly header: CheckpointHeader; readonly batch: BatchRecord; readonly journalAt: number }
  | undefined {
  const fields = unseal(area, 0, CHECKPOINT_MAGIC, CHECKPOINT_FIELDS, checksum);
  if (fields === undefined || fields[1] !== epoch) return undefined;
  const [, , sequence, nextInode, length, sum] = fields as [number, number, number, number, number, number];
  const body = bodyAt(area, sealBytes(CHECKPOINT_FIELDS), length, sum, checksum);
  if (body === undefined) return undefined;
  return {
    header: { epoch, sequence, nextInode },
    batch: decodeBatch(body),
    journalAt: toSectors(sealBytes(CHECKPOINT_FIELDS) + length),
  };
}

/** @param body without bytes: only says what is durable */
export function encodeRecord(
  epoch: number,
  sequence: number,
  durable: number,
  body: Uint8Array<ArrayBuffer>,
  checksum: Checksum,
): Uint8Array<ArrayBuffer> {
  return withHeader([RECORD_MAGIC, epoch, sequence, durable, body.length, checksum(body)], body, checksum);
}

/** Bytes in the area of a record with such a body. */
export function recordBytes(bodyLength: number): number {
  return toSectors(sealBytes(RECORD_FIELDS) + bodyLength);
}

export interface Journal {
  /** Whole and without a gap. */
  readonly records: readonly JournalRecord[];
  /** Behind them lie others of the same epoch, which a crash has cut off: they must not be met again. */
  readonly hasRemains: boolean;
  /** A place where something durable should be and is not: no crash does that. */
  readonly damagedAt?: number;
}

/** Reads the journal that begins at `journalAt` of an area. */
export function readJournal(
  area: Uint8Array<ArrayBuffer>,
  journalAt: number,
  { epoch, sequence: before }: CheckpointHeader,
  checksum: Checksum,
): Journal {
  const records: JournalRecord[] = [];
  let at = journalAt;
  let sequence = before + 1;
  while (true) {
    const header = recordHeaderAt(area, at, epoch, checksum);
    if (header?.sequence !== sequence) break;
    const body = bodyAt(area, at + sealBytes(RECORD_FIELDS), header.length, header.sum, checksum);
    if (body === undefined) break;
    const batch = body.length === 0 ? NOTHING : decodeBatch(body);
    records.push({ sequence, durable: header.durable, at, batch });
    at += recordBytes(header.length);
    sequence++;
  }
  let hasRemains = false;
  for (let later = at; later < area.length; later += SECTOR_BYTES) {
    const header = recordHeaderAt(area, later, epoch, checksum);
    if (header === undefined) continue;
    hasRemains = true;
    if (header.durable >= sequence) return { records, hasRemains, damagedAt: at };
  }
  return { records, hasRemains };
}

function recordHeaderAt(area: Uint8Array<ArrayBuffer>, at: number, epoch: number, checksum: Checksum) {
  const fields = unseal(area, at, RECORD_MAGIC, RECORD_FIELDS, checksum);
  if (fields === undefined || fields[1] !== epoch) return undefined;
  const [, , sequence, durable, length, sum] = fields as [number, number, number, number, number, number];
  return { sequence, durable, length, sum };
}

function bodyAt(
  area: Uint8Array<ArrayBuffer>,
  at: number,
  length: number,
  sum: number,
  checksum: Checksum,
): Uint8Array<ArrayBuffer> | undefined {
  if (at + length > area.length) return undefined;
  const body = area.subarray(at, at + length);
  return checksum(body) === sum ? body : undefined;
}

function withHeader(
  fields: readonly number[],
  body: Uint8Array<ArrayBuffer>,
  checksum: Checksum,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(toSectors(sealBytes(fields.length) + body.length));
  seal(bytes, 0, fields, checksum);
  bytes.set(body, sealBytes(fields.length));
  return bytes;
}
