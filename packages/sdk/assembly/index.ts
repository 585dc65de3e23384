/**
 * lunatic's framework for programs in TypeScript syntax. A program imports what it needs from here:
 *
 * ```ts
 * import { Mailbox, print, spawn } from "lunatic";
 * ```
 */

export { ChildSpec } from "./abstractProcess/childSpec";
export { Deferred } from "./abstractProcess/deferred";
export { ProcessBuilder } from "./abstractProcess/processBuilder";
export { ProcessRef, RefWithDelay, RefWithTimeout } from "./abstractProcess/processRef";
export { StartStatus, Started } from "./abstractProcess/started";
export { Bincode } from "./codec/bincode";
export { assertEqual } from "./assertEqual";
export { decode, encode } from "./codec/codec";
export { Json } from "./codec/json";
export { MessagePack } from "./codec/messagePack";
export { Option } from "./codec/option";
export { ProcessConfig } from "./config/processConfig";
export { LunaticError } from "./error";
export { ProcessLocal } from "./local/processLocal";
export { Params } from "./module/params";
export { WasmModule } from "./module/wasmModule";
export { catchPanic, panic } from "./panic";
export { Mailbox, SignalMailbox } from "./process/mailbox";
export { Process } from "./process/process";
export { FOREVER } from "./process/receive";
export { Outcome, Received } from "./process/received";
export { spawn, spawnLink, trySpawn } from "./process/spawn";
export { spawnFunction } from "./process/spawnFunction";
export { spawnMailbox } from "./process/spawnMailbox";
export { SpawnOptions } from "./process/spawnOptions";
export { Tag } from "./process/tag";
export { Task, spawnTask } from "./process/task";
export { Unit, unit } from "./process/unit";
export { ProcessName } from "./registry/processName";
export { Result } from "./result";
export { Strategy, Supervisor } from "./supervisor/supervisor";
export { monotonicNanoseconds, now } from "./system/clock";
export { console } from "./system/console";
export { environmentVariable, environmentVariables, exit, programArguments } from "./system/environment";
export { eprint, print } from "./system/print";
export { randomBytes, randomNumber } from "./system/random";
export { version } from "./system/version";
export { TimerRef, sleep } from "./time/timer";
