import { describeFrame, locateFrames, type SourceMap, type StackFrame } from "@lunatic-web/sdk/trace";

/**
 * How stacks of a module are told.
 * @param map undefined: by the names of functions, as the module has them
 */
export function stackDescriber(
  map: SourceMap | undefined,
): (frames: readonly StackFrame[]) => readonly string[] {
  if (map === undefined) return (frames) => frames.map(({ name }) => name);
  return (frames) => locateFrames(frames, map).map(describeFrame);
}
