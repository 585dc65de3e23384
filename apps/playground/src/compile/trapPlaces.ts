import { parseTrap } from "@lunatic-web/runtime/inspect";
import { locateFrames, readSourceMap, type SourcePlace } from "@lunatic-web/sdk/trace";
import type { TrapReport } from "../run/session.ts";
import { findPanic } from "./panicText.ts";

/** A line of the visitor's project at which a process trapped. */
export interface TrapPlace {
  readonly pid: number;
  readonly message: string;
  readonly place: SourcePlace;
}

/**
 * @param stderr what a process wrote there
 * @param sourceMap of the module that ran
 * @param files of the project; frames of libraries are passed over for the visitor's line that called them
 * @throws SourceMapError it is none
 */
export function locateTraps(
  traps: readonly TrapReport[],
  sourceMap: string,
  files: ReadonlyMap<string, string>,
  stderr: (pid: number) => readonly string[] = () => [],
): TrapPlace[] {
  const map = readSourceMap(sourceMap);
  return traps.flatMap(({ pid, text }) => {
    const { message, frames } = parseTrap(text);
    const own = locateFrames(frames, map).find(({ place }) => place !== undefined && files.has(place.file));
    return own?.place ? [{ pid, message: findPanic(stderr(pid)) ?? message, place: own.place }] : [];
  });
}
