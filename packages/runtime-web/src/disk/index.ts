/**
 * A crash-safe store of inodes and pages in OPFS or IndexedDB: what the runtime keeps files in, by itself. Use it in a
 * dedicated worker.
 * @module @lunatic-web/runtime/volume
 */
export type { InodeKind } from "../storage/inode.ts";
export {
  type Backing,
  type EntryRecord,
  type InodeRecord,
  PAGE_BYTES,
  type PageRun,
  type Volume,
  type VolumeBatch,
  type VolumeContents,
  VolumeError,
  type VolumeFault,
} from "../storage/volume/volume.ts";
export {
  deleteVolume,
  type OpenedVolume,
  type OpenVolumeOptions,
  openVolume,
} from "./openVolume.ts";
export { whenVolumeIsFree } from "./volumeLock.ts";
