export type { Host } from "./commands/host.ts";
export { ExitStatus } from "./errors.ts";
export type { Io, TextSink } from "./io.ts";
export { run } from "./run.ts";
export type { Session, SessionOptions } from "./session/session.ts";
