import type { Io } from "../io.ts";
import type { Session, SessionOptions } from "../session/session.ts";

/** What a command needs beside its arguments and streams. Tests of commands give it a session without a browser. */
export interface Host {
  /** @throws CommandError no browser, or none that runs processes */
  openSession(options: SessionOptions, io: Io): Promise<Session>;
}
