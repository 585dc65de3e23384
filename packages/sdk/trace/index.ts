/**
 * Stacks in terms of the author's source, and messages in terms of his types.
 * @module @lunatic-web/sdk/trace
 */

export { decodeMessage, handlerName, type ReceivedMessage } from "./decodeMessage.ts";
export { describeFrame, type LocatedFrame, locateFrames, type StackFrame } from "./describeStack.ts";
export { readableName } from "./functionName.ts";
export {
  MESSAGE_SECTION,
  type MessageCase,
  type MessageHandler,
  type MessageTypes,
  readMessageTypes,
  type TypedName,
} from "./messageTypes.ts";
export { readSourceMap, type SourceMap, SourceMapError, type SourcePlace } from "./sourceMap.ts";
