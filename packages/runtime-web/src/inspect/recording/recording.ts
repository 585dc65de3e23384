import type { History } from "../history.ts";

/** A line that a process wrote, or that was said about one. */
export interface RecordedLine {
  /** 0: it is about the run. */
  readonly pid: number;
  readonly kind: "stdout" | "stderr" | "notice";
  /** Without its line break; escape sequences are still in it. */
  readonly text: string;
  /** When it began, milliseconds of the run's clock; undefined: the recording does not tell. */
  readonly timeMs?: number;
}

/** What ran, for those who open the recording. */
export interface RecordingInfo {
  /** Name of the program or project. */
  readonly program: string;
  readonly args: readonly string[];
  /** Milliseconds since 1970. */
  readonly savedMs: number;
  /** How it ended, in words; undefined: it went on. */
  readonly exit?: string;
  /** Of a deterministic run. */
  readonly seed?: number;
}

/** A run as it was observed. */
export interface Recording {
  readonly info: RecordingInfo;
  readonly history: History;
  /** Oldest first. */
  readonly lines: readonly RecordedLine[];
}
