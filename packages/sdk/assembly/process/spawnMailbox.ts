import { Mailbox } from "./mailbox";
import { Process } from "./process";
import { SPAWNED, spawnByIndex, spawnError, spawnedId, spawnedNode } from "./spawnByIndex";
import { SpawnOptions } from "./spawnOptions";

/**
 * Spawns a process that needs nothing but its mailbox.
 *
 * ```ts
 * function log(mailbox: Mailbox<string>): void {
 *   while (true) print(mailbox.receive());
 * }
 *
 * spawnMailbox(log).send("hello");
 * ```
 */
export function spawnMailbox<M, S>(
  entry: (mailbox: Mailbox<M, S>) => void,
  options: SpawnOptions | null = null,
): Process<M, S> {
  const start = (index: u32): void => {
    call_indirect<void>(index, Mailbox.of<M, S>());
  };
  if (spawnByIndex(start.index, entry.index, options, null) != SPAWNED) {
    throw new Error(`cannot spawn a process: ${spawnError().text}`);
  }
  return new Process<M, S>(spawnedNode(), spawnedId());
}
