import type { InodeKind } from "../inode.ts";
import { RecordReader, RecordWriter } from "./bytes.ts";
import type { EntryRecord, InodeRecord, VolumeBatch } from "./volume.ts";

/** Pages of an inode that follow each other in it and in the file of the volume. */
export interface Placement {
  readonly inode: number;
  readonly firstPage: number;
  /** The page of the volume's file that holds the first. */
  readonly location: number;
  /** A checksum for each page. */
  readonly sums: Uint32Array;
}

/** A batch as the journal keeps it: where its pages lie instead of what is in them. A checkpoint is one large batch. */
export interface BatchRecord extends Omit<VolumeBatch, "pages"> {
  readonly placements: readonly Placement[];
}

const KINDS: readonly InodeKind[] = ["file", "directory", "symlink"];

export function encodeBatch(batch: BatchRecord): Uint8Array<ArrayBuffer> {
  const out = new RecordWriter();
  out.number(batch.inodes.length);
  for (const inode of batch.inodes) writeInode(out, inode);
  out.number(batch.entries.length);
  for (const { directory, name, inode, cookie } of batch.entries) {
    out.number(directory);
    out.text(name);
    out.number(inode);
    out.number(cookie);
  }
  out.number(batch.cuts.length);
  for (const { inode, sizeBytes } of batch.cuts) {
    out.number(inode);
    out.number(sizeBytes);
  }
  out.number(batch.placements.length);
  for (const { inode, firstPage, location, sums } of batch.placements) {
    out.number(inode);
    out.number(firstPage);
    out.number(location);
    out.number(sums.length);
    for (const sum of sums) out.word(sum);
  }
  out.number(batch.discarded.length);
  for (const inode of batch.discarded) out.number(inode);
  return out.bytes;
}

export function decodeBatch(bytes: Uint8Array<ArrayBuffer>): BatchRecord {
  const from = new RecordReader(bytes);
  return {
    inodes: list(from, () => readInode(from)),
    entries: list(
      from,
      (): EntryRecord => ({
        directory: from.number(),
        name: from.text(),
        inode: from.number(),
        cookie: from.number(),
      }),
    ),
    cuts: list(from, () => ({ inode: from.number(), sizeBytes: from.number() })),
    placements: list(from, () => ({
      inode: from.number(),
      firstPage: from.number(),
      location: from.number(),
      sums: Uint32Array.from({ length: from.number() }, () => from.word()),
    })),
    discarded: list(from, () => from.number()),
  };
}

function writeInode(out: RecordWriter, inode: InodeRecord): void {
  out.number(inode.number);
  out.number(KINDS.indexOf(inode.kind));
  out.number(inode.sizeBytes);
  out.time(inode.accessedNs);
  out.time(inode.modifiedNs);
  out.time(inode.changedNs);
  if (inode.kind === "symlink") out.text(inode.target);
}

function readInode(from: RecordReader): InodeRecord {
  const number = from.number();
  const kind = KINDS[from.number()]!;
  return {
    number,
    kind,
    sizeBytes: from.number(),
    accessedNs: from.time(),
    modifiedNs: from.time(),
    changedNs: from.time(),
    target: kind === "symlink" ? from.text() : "",
  };
}

function list<T>(from: RecordReader, item: () => T): T[] {
  const items: T[] = [];
  for (let count = from.number(); count > 0; count--) items.push(item());
  return items;
}
