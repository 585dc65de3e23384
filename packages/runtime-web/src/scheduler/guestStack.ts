import { demangle } from "../abi/names/rustSymbol.ts";
import { functionName, type InstrumentInfo, originalFunctionIndex } from "../instrument/index.ts";
import type { ExitCause } from "../kernel/exit.ts";

/** One guest function on a stack, innermost first. */
export interface GuestFrame {
  /** Index in the module as its author built it. */
  readonly functionIndex: number;
  /** Demangled if it is a Rust symbol; `function 12` if the module has no name for it. */
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
    frames.push({
      functionIndex,
      name: symbol === undefined ? `function ${functionIndex}` : demangle(symbol),
    });
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}

/** What Rust's standard library puts on the stack between a panic and the trap it ends in, and below `main`. */
const RUST_MACHINERY =
  /^(rust_panic|__rust_start_panic|__rust_(begin|end)_short_backtrace|rust_begin_unwind|abort|std::panicking::|std::process::abort|core::panicking::|std::sys_common::backtrace::|std::sys::backtrace::|std::rt::|__original_main|_start\.command_export|__rg_oom|rust_oom|alloc::alloc::handle_alloc_error)/;

/** The frames of the author's own code, if there are any: what of Rust's panic machinery is on the stack is left out. */
function authorsFrames(frames: readonly GuestFrame[]): readonly GuestFrame[] {
  const own = frames.filter((frame) => !RUST_MACHINERY.test(frame.name));
  return own.length > 0 ? own : frames;
}

type FaultCause = Extract<ExitCause, { type: "trapped" | "limit" | "hostFault" }>;

/** Text of a Trap event: the message, then one line per guest frame. */
export function describeTrap(cause: FaultCause, info: InstrumentInfo): string {
  const stack = "stack" in cause ? cause.stack : "";
  const frames = authorsFrames(guestFrames(stack, info));
  return [cause.message, ...frames.map((frame) => frame.name)].join("\n");
}
