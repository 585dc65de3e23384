/**
 * Stacks of traps in terms of the author's source.
 * @module @lunatic-web/sdk/trace
 */

export { describeFrame, type LocatedFrame, locateFrames, type StackFrame } from "./describeStack.ts";
export { readableName } from "./functionName.ts";
export { readSourceMap, type SourceMap, SourceMapError, type SourcePlace } from "./sourceMap.ts";
