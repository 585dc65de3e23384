/**
 * lunatic's framework for programs in TypeScript syntax. A program imports what it needs from here:
 *
 * ```ts
 * import { Mailbox, print, spawn } from "lunatic";
 * ```
 */

export { Bincode } from "./codec/bincode";
export { decode, encode } from "./codec/codec";
export { ProcessConfig } from "./config/processConfig";
export { LunaticError } from "./error";
export { catchPanic, panic } from "./panic";
export { Mailbox, SignalMailbox } from "./process/mailbox";
export { Process } from "./process/process";
export { FOREVER } from "./process/receive";
export { Outcome, Received } from "./process/received";
export { spawn, spawnLink, trySpawn } from "./process/spawn";
export { SpawnOptions } from "./process/spawnOptions";
export { Tag } from "./process/tag";
export { Task, spawnTask } from "./process/task";
export { Unit, unit } from "./process/unit";
export { ProcessName } from "./registry/processName";
export { Result } from "./result";
export { eprint, print } from "./system/print";
export { TimerRef, sleep } from "./time/timer";
