/** The vocabulary of a lesson's check; docs/lessons.md explains it. */

export type { Goal, Goals } from "./goal.ts";
export type { WatchedRows } from "./storageLook.ts";
export { type Ending, hasFailed, type WatchedProcess } from "./watchedProcess.ts";
export type { WatchedMessage, WatchedRun } from "./watchedRun.ts";
