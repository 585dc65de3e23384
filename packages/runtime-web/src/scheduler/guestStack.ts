import { demangle } from "../abi/names/rustSymbol.ts";
import { formatTrap, type GuestFrame } from "../inspect/trapText.ts";
import {
  functionName,
  type InstrumentInfo,
  originalFunctionIndex,
  originalOffset,
} from "../instrument/index.ts";
import type { ExitCause } from "../kernel/exit.ts";

/** Chromium: `at name (wasm://wasm/0a1b:wasm-function[12]:0x3f)`. Firefox: `name@…:wasm-function[12]:0x3f`. */
const WASM_FRAME = /wasm-function\[(\d+)\](?::0x([0-9a-f]+))?/;

/** How many frames a person is shown. */
const MAX_FRAMES = 50;

/**
 * The guest's own frames of an engine's stack trace, the innermost first. Frames of JavaScript, of the fiber driver and of code the
 * instrumenter added are left out.
 */
export function guestFrames(stack: string, info: InstrumentInfo): GuestFrame[] {
  const frames: GuestFrame[] = [];
  const { imported, addedImports } = info.functions;
  for (const line of stack.split("\n")) {
    const match = WASM_FRAME.exec(line);
    if (match === null) continue;
    const index = Number(match[1]);
    // Imports have no wasm frames of their own: another module's.
    if (index < imported + addedImports) continue;
    const functionIndex = originalFunctionIndex(info, index);
    if (functionIndex === undefined) {
      // The instrumenter's functions that guests call are innermost; one below a guest is the entry: the driver follows.
      if (frames.length > 0) break;
      continue;
    }
    const symbol = functionName(info, functionIndex);
    const offset = match[2] === undefined ? undefined : originalOffset(info, Number.parseInt(match[2], 16));
    frames.push({
      offset,
      name: symbol === undefined ? `function ${functionIndex}` : demangle(symbol),
    });
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}

/** What Rust's standard library puts on the stack between a panic and the trap it ends in, and below `main`. */
const RUST_MACHINERY =
  /^(rust_panic|__rust_start_panic|__rust_(begin|end)_short_backtrace|rust_begin_unwind|abort|std::panicking::|std::process::abort|core::panicking::|std::sys_common::backtrace::|std::sys::backtrace::|std::rt::|__original_main|_start\.command_export|__rg_oom|rust_oom|alloc::alloc::handle_alloc_error)/;

/**
 * The guest functions of a stack that is no trap's, innermost first; machinery of Rust is left out.
 * @param taken where the process gave its thread up
 */
export function waitingFrames(taken: Error, info: InstrumentInfo): readonly GuestFrame[] {
  return authorsFrames(guestFrames(taken.stack ?? "", info));
}

/** The frames of the author's own code, if there are any: what of Rust's panic machinery is on the stack is left out. */
function authorsFrames(frames: readonly GuestFrame[]): readonly GuestFrame[] {
  const own = frames.filter((frame) => !RUST_MACHINERY.test(frame.name));
  return own.length > 0 ? own : frames;
}

/**
 * Gives a trap the stack on which its process gave its thread up, in place of the one on which the trap was made.
 * @param taken undefined: it was not taken, and the trap has no frames then
 */
export function moveTrap(trap: Error, taken: Error | undefined): void {
  const head = `${trap.name}: ${trap.message}`;
  // Chromium's stacks begin with the error, Firefox's with the first frame.
  trap.stack = taken?.stack?.replace(/^Error(?=\n|$)/, () => head) ?? head;
}

type FaultCause = Extract<ExitCause, { type: "trapped" | "limit" | "hostFault" }>;

/** Adds to a trap which functions of the guest it went through. */
export function withFrames(cause: ExitCause, info: InstrumentInfo): ExitCause {
  return cause.type === "trapped" ? { ...cause, frames: framesOf(cause, info) } : cause;
}

/** Text of a Trap event. */
export function describeTrap(cause: FaultCause, info: InstrumentInfo): string {
  return formatTrap({ message: cause.message, frames: framesOf(cause, info) });
}

function framesOf(cause: FaultCause, info: InstrumentInfo): readonly GuestFrame[] {
  if ("frames" in cause && cause.frames !== undefined) return cause.frames;
  return "stack" in cause ? authorsFrames(guestFrames(cause.stack, info)) : [];
}
