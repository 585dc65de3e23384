/**
 * What processes do: events, histories and models of a system, for those who show it.
 * @module @lunatic-web/runtime/inspect
 */

export type { Activity } from "./activity.ts";
export { EventKind, type EventSink, ParkReason } from "./events.ts";
export { History, type HistoryOptions } from "./history.ts";
export { HistoryCursor } from "./historyCursor.ts";
export type {
  InspectionBatch,
  InspectionEvent,
  InspectionSnapshot,
  ProcessSnapshot,
  ProcessState,
} from "./inspectionEvent.ts";
export type { ObservedProcess } from "./observedProcess.ts";
export { type Pace, PaceCode } from "./pace.ts";
export type { ProcessContents, QueuedMessage } from "./processContents.ts";
export type { SystemChange, SystemCounters } from "./processLedger.ts";
export { openRecording } from "./recording/openRecording.ts";
export type { RecordedLine, Recording, RecordingInfo } from "./recording/recording.ts";
export { RecordingError, type RecordingErrorKind } from "./recording/recordingError.ts";
export { saveRecording } from "./recording/saveRecording.ts";
export { decodeRecords, eventKindName, type RecordBatch } from "./records.ts";
export type { Detail } from "./subscription.ts";
export { type SystemFrame, SystemModel } from "./systemModel.ts";
export { formatTrap, type GuestFrame, parseTrap, type TrapReport } from "./trapText.ts";
