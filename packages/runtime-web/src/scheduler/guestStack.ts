import { functionName, type InstrumentInfo, originalFunctionIndex } from "../instrument/index.ts";
import type { ExitCause } from "../kernel/exit.ts";

/** One guest function on a stack, innermost first. */
export interface GuestFrame {
  /** Index in the module as its author built it. */
  readonly functionIndex: number;
  readonly name: string;
}

/** Chromium: `at name (wasm://wasm/0a1b:wasm-function[12]:0x3f)`. Firefox: `name@…:wasm-function[12]:0x3f`. */
const WASM_FRAME = /wasm-function\[(\d+)\]/;

/** How many frames a person is shown. */
const MAX_FRAMES = 50;

/**
 * The guest's own frames of an engine's stack trace. Frames of JavaScript, of the fiber driver and of code the
 * instrumenter added are left out.
 */
export function guestFrames(stack: string, info: InstrumentInfo): GuestFrame[] {
  const frames: GuestFrame[] = [];
  for (const line of stack.split("\n")) {
    const match = WASM_FRAME.exec(line);
    if (match === null) continue;
    const functionIndex = originalFunctionIndex(info, Number(match[1]));
    if (functionIndex === undefined) continue;
    frames.push({ functionIndex, name: functionName(info, functionIndex) ?? `function ${functionIndex}` });
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}

type FaultCause = Extract<ExitCause, { type: "trapped" | "limit" | "hostFault" }>;

/** Text of a Trap event: the message, then one line per guest frame. */
export function describeTrap(cause: FaultCause, info: InstrumentInfo): string {
  const stack = "stack" in cause ? cause.stack : "";
  return [cause.message, ...guestFrames(stack, info).map((frame) => frame.name)].join("\n");
}
