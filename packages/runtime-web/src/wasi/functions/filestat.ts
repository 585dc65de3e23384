import type { GuestMemory } from "../../abi/guestMemory.ts";
import { ALL_FSTFLAGS, FSTFLAG } from "../constants.ts";
import type { Status } from "../descriptors/descriptor.ts";
import { FILESTAT } from "../structs.ts";

/** The one device there is; an inode number is unique on it. */
const DEVICE = 1n;

/** @param at absolute address of a checked FILESTAT */
export function writeFilestat(memory: GuestMemory, at: number, filetype: number, status: Status): void {
  const { view } = memory;
  memory.bytes.fill(0, at, at + FILESTAT.sizeBytes);
  view.setBigUint64(at + FILESTAT.at.device, DEVICE, true);
  view.setBigUint64(at + FILESTAT.at.inode, BigInt(status.inode), true);
  view.setUint8(at + FILESTAT.at.filetype, filetype);
  view.setBigUint64(at + FILESTAT.at.linkCount, BigInt(status.linkCount), true);
  view.setBigUint64(at + FILESTAT.at.size, BigInt(status.sizeBytes), true);
  view.setBigUint64(at + FILESTAT.at.accessed, status.accessedNs, true);
  view.setBigUint64(at + FILESTAT.at.modified, status.modifiedNs, true);
  view.setBigUint64(at + FILESTAT.at.changed, status.changedNs, true);
}

/** What to do with each time: set it, set it to now, or (undefined) keep it. */
export interface NewTimes {
  readonly accessedNs: bigint | "now" | undefined;
  readonly modifiedNs: bigint | "now" | undefined;
}

/** @returns undefined for flags that contradict each other or do not exist */
export function parseTimes(accessed: bigint, modified: bigint, fstflags: number): NewTimes | undefined {
  if ((fstflags & ~ALL_FSTFLAGS) !== 0) return undefined;
  const accessedBoth = FSTFLAG.accessed | FSTFLAG.accessedNow;
  const modifiedBoth = FSTFLAG.modified | FSTFLAG.modifiedNow;
  if ((fstflags & accessedBoth) === accessedBoth || (fstflags & modifiedBoth) === modifiedBoth)
    return undefined;
  return {
    accessedNs: newTime(fstflags, FSTFLAG.accessed, FSTFLAG.accessedNow, accessed),
    modifiedNs: newTime(fstflags, FSTFLAG.modified, FSTFLAG.modifiedNow, modified),
  };
}

function newTime(flags: number, set: number, setNow: number, time: bigint): bigint | "now" | undefined {
  if ((flags & set) !== 0) return BigInt.asUintN(64, time);
  return (flags & setNow) !== 0 ? "now" : undefined;
}
