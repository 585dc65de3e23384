/** The vocabulary of a lesson's check; docs/lessons.md explains it. */

export type { WatchedRows } from "./databaseLook.ts";
export type { Goal, Goals } from "./goal.ts";
export { type Ending, hasFailed, type WatchedProcess } from "./watchedProcess.ts";
export type { WatchedMessage, WatchedRun } from "./watchedRun.ts";
