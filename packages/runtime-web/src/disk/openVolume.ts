import { type MountOptions, mountVolume } from "../storage/volume/mountVolume.ts";
import { type Backing, type Volume, VolumeError } from "../storage/volume/volume.ts";
import { deleteIdbDatabase, openIdbDevice } from "./idbDevice.ts";
import { deleteOpfsFile, openOpfsDevice } from "./opfsDevice.ts";
import { holdVolumeLock } from "./volumeLock.ts";

/** Which volume `openVolume` opens, and how. */
export interface OpenVolumeOptions extends Pick<MountOptions, "salvage" | "journalBytes"> {
  /** Any text. Volumes of the same name and origin are the same. */
  readonly name: string;
  /**
   * What to do while another tab has it open: fail with the fault `taken`, or wait until it is free, which it is as soon
   * as that tab closes it, is closed itself, or dies. Default `fail`, after
   * two seconds: a page that is being reloaded has it open for a moment.
   */
  readonly ifTaken?: "fail" | "wait";
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Instead of OPFS where the browser has it. A volume is looked for in one place only. */
  readonly backing?: Backing | undefined;
}

/** A volume, and where it lies. */
export interface OpenedVolume extends Volume {
  readonly backing: Backing;
}

/**
 * Opens the volume of a name, or makes it. Call it in a dedicated worker: elsewhere browsers have no synchronous files.
 *
 * One tab has a volume at a time, because each keeps a tree and pages in its memory that the others do not see. A Web
 * Lock tells who: the browser takes it away from a tab that dies, and from none that is merely slow. It is never stolen.
 * @throws VolumeError `taken`, `damaged`, `noSpace` (a new one), `unavailable`
 */
export async function openVolume(options: OpenVolumeOptions): Promise<OpenedVolume> {
  const { name, ifTaken = "fail", signal } = options;
  const lock = await holdVolumeLock(name, ifTaken, signal);
  try {
    const { device, backing } = await openDevice(name, options.backing);
    const volume = await mountVolume(device, options);
    return new LockedVolume(volume, backing, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Deletes a volume and all that is in it, wherever it lies.
 * @throws VolumeError `taken`
 */
export async function deleteVolume(name: string): Promise<void> {
  const lock = await holdVolumeLock(name, "fail");
  try {
    await deleteOpfsFile(name);
    await deleteIdbDatabase(name);
  } finally {
    lock.release();
  }
}

async function openDevice(name: string, backing: Backing | undefined) {
  const opfs = backing === "indexedDB" ? undefined : await openOpfsDevice(name);
  if (opfs !== undefined) return { device: opfs, backing: "opfs" as const };
  if (backing === "opfs") {
    throw new VolumeError("unavailable", "The browser has no synchronous OPFS here: leave out `backing`");
  }
  return { device: await openIdbDevice(name), backing: "indexedDB" as const };
}

/** A volume whose lock is given back when it is closed. */
class LockedVolume implements OpenedVolume {
  readonly contents: Volume["contents"];
  readonly backing: Backing;
  readonly #volume: Volume;
  readonly #release: () => void;

  constructor(volume: Volume, backing: Backing, release: () => void) {
    this.contents = volume.contents;
    this.backing = backing;
    this.#volume = volume;
    this.#release = release;
  }

  readPages(...args: Parameters<Volume["readPages"]>) {
    return this.#volume.readPages(...args);
  }

  commit(...args: Parameters<Volume["commit"]>) {
    return this.#volume.commit(...args);
  }

  sync() {
    return this.#volume.sync();
  }

  usage() {
    return this.#volume.usage();
  }

  async close(): Promise<void> {
    try {
      await this.#volume.close();
    } finally {
      this.#release();
    }
  }
}
