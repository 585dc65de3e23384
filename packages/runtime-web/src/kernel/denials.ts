import { EventKind } from "../inspect/events.ts";
import type { Process } from "./process.ts";

/**
 * Tells whoever watches that its config kept a process from something. The guest may have swallowed the code it got.
 * @param what  what it asked for, and what that came to: "create_config, which answered -1"
 * @param limit why, with the limit's name in the ABI: "its config lacks can_create_configs"
 */
export function tellDenied(process: Process, what: string, limit: string): void {
  const { environment, pid } = process;
  environment.sink?.emit(EventKind.Notice, pid, 0, 0n, 0, `Process ${pid} was denied ${what}: ${limit}`);
}
