import { readableName } from "./functionName.ts";
import type { SourceMap, SourcePlace } from "./sourceMap.ts";

/** One function of a stack, as the runtime tells it. */
export interface StackFrame {
  readonly name: string;
  readonly offset: number | undefined;
}

/** One function of a stack in terms of the author's source. */
export interface LocatedFrame {
  /** Without the path of its file. */
  readonly name: string;
  readonly place: SourcePlace | undefined;
}

/** Between what the author wrote and the trap: what `assert`, `throw` and `panic` call; and what calls his functions. */
const MACHINERY = /^~lib\/lunatic\/(abort|panic|start|process\/spawn\w*)\//;

/**
 * A stack in terms of the author's source, the innermost function first. The framework's machinery for ending a process
 * is left out, unless there is nothing else.
 * @param map undefined: names only
 */
export function locateFrames(frames: readonly StackFrame[], map: SourceMap | undefined): LocatedFrame[] {
  const own = frames.filter(({ name }) => !MACHINERY.test(name));
  return (own.length > 0 ? own : frames).map(({ name, offset }) => ({
    name: readableName(name),
    place: offset === undefined ? undefined : map?.locate(offset),
  }));
}

/** A line per function, such as `Counter#add (src/main.ts:12:5)`. */
export function describeFrame({ name, place }: LocatedFrame): string {
  return place === undefined ? name : `${name} (${place.file}:${place.line}:${place.column})`;
}
