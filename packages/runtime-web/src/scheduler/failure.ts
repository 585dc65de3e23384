import { HostFault } from "../abi/hostFault.ts";
import type { ExitCause } from "../kernel/exit.ts";
import { GuestTrap, ProcessStopped } from "../kernel/guestTrap.ts";
import { ProcExit } from "../wasi/index.ts";

/** The process used up its `max_fuel`. A trap for the guest, a limit for the log. */
export class OutOfFuel extends GuestTrap {
  constructor(units: bigint) {
    super(`all fuel consumed: the process was allowed ${units} units of 100,000 instructions`);
    this.name = "OutOfFuel";
  }
}

/** What came out of a guest's computation that did not return. */
export type Failure =
  /** The process was dead already; the stack has only been unwound. */
  | { readonly type: "stopped" }
  | { readonly type: "exit"; readonly code: number }
  /** The guest's own fault. `trap::catch` swallows it. */
  | { readonly type: "trap"; readonly cause: ExitCause }
  | { readonly type: "hostFault"; readonly cause: ExitCause };

/** Sorts what was thrown through guest frames, or what the engine threw, into what it means for the process. */
export function classifyFailure(error: unknown): Failure {
  if (error instanceof ProcessStopped) return { type: "stopped" };
  if (error instanceof ProcExit) return { type: "exit", code: error.code };
  if (error instanceof OutOfFuel) {
    return { type: "trap", cause: { type: "limit", limit: "fuel", message: error.message } };
  }
  if (error instanceof GuestTrap) return trap(`Trap raised during host call: ${error.message}`, error);
  if (error instanceof WebAssembly.RuntimeError) return trap(error.message, error);
  if (isStackOverflow(error)) return trap("call stack exhausted", error);
  const fault = error instanceof Error ? error : new Error(String(error));
  return {
    type: "hostFault",
    cause: { type: "hostFault", message: fault.message, stack: fault.stack ?? "" },
  };
}

function trap(message: string, error: Error): Failure {
  return { type: "trap", cause: { type: "trapped", message, stack: error.stack ?? "" } };
}

/** Chromium throws RangeError, Firefox InternalError, both only when a stack is exhausted. */
function isStackOverflow(error: unknown): error is Error {
  return (
    error instanceof Error &&
    !(error instanceof HostFault) &&
    ((error instanceof RangeError && error.message.includes("call stack")) ||
      (error.name === "InternalError" && error.message.includes("recursion")))
  );
}
