import { EventKind, type ParkReason } from "../inspect/events.ts";
import type { Process } from "./process.ts";

/**
 * The process waits for something that is not the kernel's: time of WASI, standard input, room for output. Whoever lets it
 * wait sets `abandonWait`, and ends the wait by `endHostWait`; a wait that goes on as another is one.
 */
export function beginHostWait(process: Process, reason: ParkReason): void {
  process.waitReason = reason;
  if (process.state === "parked") return;
  process.state = "parked";
  process.environment.sink?.emit(EventKind.Park, process.pid, 0, 0n, reason);
}

/** It goes on, unless it has ended. */
export function endHostWait(process: Process): void {
  if (process.state !== "parked") return;
  process.waitReason = 0;
  process.state = "runnable";
  process.environment.sink?.emit(EventKind.Wake, process.pid, 0, 0n, 0);
}
