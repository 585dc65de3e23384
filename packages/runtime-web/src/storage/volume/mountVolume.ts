import { type Checksum, loadChecksum } from "./checksum.ts";
import type { Device } from "./device.ts";
import { FreePages } from "./freePages.ts";
import { SUPERBLOCK_PAGES } from "./geometry.ts";
import { createArea, Journal } from "./journal.ts";
import { JournaledVolume } from "./journaledVolume.ts";
import { recover } from "./recovery.ts";
import { inSteps, type Steps } from "./stepwise.ts";
import { readSuperblocks, type Superblock, writeSuperblock } from "./superblock.ts";
import { type Volume, VolumeError } from "./volume.ts";
import { VolumeState } from "./volumeState.ts";

export interface MountOptions {
  /**
   * Opens what is whole of a damaged volume, for reading only; pages that are damaged are told when they are read.
   * What it shows may be older than what was last synced.
   */
  readonly salvage?: boolean;
  /** Room for records between two checkpoints. Default 1 MiB. */
  readonly journalBytes?: number;
}

const JOURNAL_BYTES = 2 ** 20;
const NEW_ROOT = { number: 1, kind: "directory", sizeBytes: 0, target: "" } as const;

/**
 * The volume in a file, which is made if the file is empty. The device is the volume's from then on, and closed with it,
 * or when this fails.
 * @throws VolumeError `damaged`, `noSpace` (a new one), `unavailable` (a format of a later version)
 */
export async function mountVolume(device: Device, options: MountOptions = {}): Promise<Volume> {
  const checksum = await loadChecksum();
  try {
    return await inSteps(mount(device, checksum, options));
  } catch (error) {
    await device.close();
    throw error;
  }
}

function* mount(device: Device, checksum: Checksum, options: MountOptions): Steps<Volume> {
  const { salvage = false, journalBytes = JOURNAL_BYTES } = options;
  const { superblocks, missingCopy } = yield* readSuperblocks(device, checksum, salvage);
  const [newest] = superblocks;
  if (salvage) return yield* mountForReading(device, checksum, superblocks);
  if (newest === undefined) return yield* create(device, checksum, journalBytes);
  const recovered = yield* recover(device, newest, checksum, false);
  const { state, free, sequence, tail, hasJournal, spare } = recovered;
  const superblock = { ...newest, spare };
  const journal = new Journal({ device, checksum, free, journalBytes, superblock, sequence, tail });
  if (missingCopy !== undefined) {
    // What was read may not be on the disk yet (only the tab died).
    yield device.flush();
    writeSuperblock(device, newest, missingCopy, checksum);
  }
  const volume = new JournaledVolume({ device, checksum, state, free, journal, owesCheckpoint: hasJournal });
  yield* volume.begin();
  return volume;
}

function* create(device: Device, checksum: Checksum, journalBytes: number): Steps<Volume> {
  const state = new VolumeState();
  const nowNs = BigInt(Date.now()) * 1_000_000n;
  const root = { ...NEW_ROOT, accessedNs: nowNs, modifiedNs: nowNs, changedNs: nowNs };
  state.apply({ inodes: [root], entries: [], cuts: [], placements: [], discarded: [] }, () => {});
  const free = new FreePages();
  free.take({ first: 0, count: SUPERBLOCK_PAGES });
  const { superblock, tail } = yield* createArea(device, free, state, journalBytes, checksum);
  const journal = new Journal({ device, checksum, free, journalBytes, superblock, sequence: 0, tail });
  return new JournaledVolume({ device, checksum, state, free, journal });
}

function* mountForReading(
  device: Device,
  checksum: Checksum,
  superblocks: readonly Superblock[],
): Steps<Volume> {
  const problems: VolumeError[] = [];
  for (const superblock of superblocks) {
    try {
      const { state, free, sequence, tail } = yield* recover(device, superblock, checksum, true);
      const journal = new Journal({ device, checksum, free, journalBytes: 0, superblock, sequence, tail });
      const readOnly = "The volume was opened to salvage what is left of it: it takes no changes";
      return new JournaledVolume({ device, checksum, state, free, journal, readOnly });
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      problems.push(error);
    }
  }
  const [cause] = problems;
  const nothing = "Nothing of the volume can be read: none of its checkpoints is whole";
  throw new VolumeError("damaged", nothing, { cause });
}
