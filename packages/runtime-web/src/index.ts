/**
 * Runs lunatic's processes in a page.
 * @module @lunatic-web/runtime
 */

export type { GuestFrame } from "./inspect/trapText.ts";
export { InstrumentError } from "./instrument/error.ts";
export type { ExitCause } from "./kernel/exit.ts";
export { ExitCode } from "./kernel/exit.ts";
export type { Pid } from "./kernel/ids.ts";
export { createRuntime } from "./page/createRuntime.ts";
export type {
  DatabaseErrorKind,
  DatabasePlace,
  DatabaseRows,
  DatabaseSummary,
  Databases,
  DatabaseValue,
} from "./page/databaseTypes.ts";
export {
  ArchiveError,
  DatabaseError,
  ImportError,
  ProcessEndedError,
  ReceiveTimeoutError,
  RunError,
  SpawnError,
  UnsupportedBrowserError,
} from "./page/errors.ts";
export type {
  FileChange,
  FileEntry,
  FileHolder,
  FilesOptions,
  FilesUsage,
  MountSource,
  RuntimeFiles,
  VolumeUsage,
} from "./page/fileTypes.ts";
export type {
  DataMessage,
  LinkDiedMessage,
  LinkOptions,
  ModuleReference,
  PageProcess,
  PageProcessFunction,
  PageProcessOptions,
  ProcessDiedMessage,
  ProcessMessage,
  ProcessPermissions,
  ReceiveOptions,
  SpawnedPageProcess,
  SpawnOptions,
} from "./page/processTypes.ts";
export type {
  Capabilities,
  DeterministicOptions,
  ExecutorCounts,
  ExecutorUsage,
  ExitReport,
  InspectOptions,
  LunaticModule,
  Output,
  RunningEnvironment,
  RunOptions,
  Runtime,
  RuntimeOptions,
  StepGoal,
  StepReport,
  StorageChange,
} from "./page/types.ts";
export { type Fault, StorageError } from "./storage/fault.ts";
export { type Backing, VolumeError, type VolumeFault } from "./storage/volume/volume.ts";
