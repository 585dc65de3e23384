import { GuestTrap, ProcessStopped } from "../kernel/guestTrap.ts";
import type { Pid } from "../kernel/ids.ts";

/**
 * A bug of the host: a host function failed in a way the ABI does not know. Never a guest's trap: whoever ends
 * the process reports it with the cause "hostFault", and `trap::catch` does not swallow it.
 */
export class HostFault extends Error {
  override readonly name = "HostFault";
  /** As in traces: `lunatic::message::send`. */
  readonly hostFunction: string;
  readonly pid: Pid;

  /** @param cause what the host function threw */
  constructor(hostFunction: string, pid: Pid, cause: unknown) {
    super(
      `The host function ${hostFunction} failed for process ${pid}: ${describe(cause)}. This is a bug of Lunatic Web, not of the guest`,
      { cause },
    );
    this.hostFunction = hostFunction;
    this.pid = pid;
  }
}

/**
 * What to throw into the guest for an exception of a host function: a GuestTrap as it is, but with the function's
 * name in its message; control flow and faults as they are; an exhausted stack as the guest's trap; anything else
 * as a HostFault.
 */
export function hostFailure(error: unknown, hostFunction: string, pid: Pid): unknown {
  if (error instanceof GuestTrap) {
    if (!error.message.startsWith(hostFunction)) error.message = `${hostFunction}: ${error.message}`;
    return error;
  }
  if (error instanceof ProcessStopped || error instanceof HostFault) return error;
  if (isStackExhausted(error)) return new GuestTrap(`${hostFunction}: the call stack is exhausted`);
  return new HostFault(hostFunction, pid, error);
}

/**
 * Host functions run on top of the guest's stack, so a guest that recurses without end may run out of it inside one.
 * V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError ("too much recursion").
 */
function isStackExhausted(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    (error instanceof RangeError && error.message.includes("call stack size exceeded")) ||
    (error.name === "InternalError" && error.message.includes("recursion"))
  );
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
