import { Bincode } from "../codec/bincode";
import { Process } from "./process";
import { receiveMessage } from "./receive";
import { sendArgument } from "./spawn";
import { SPAWNED, spawnByIndex, spawnError, spawnedId, spawnedNode } from "./spawnByIndex";
import { SpawnOptions } from "./spawnOptions";
import { Unit } from "./unit";

/**
 * Runs a function in a process of its own, which takes no messages, and does not wait for it. `spawnTask` is for a
 * function whose result is wanted.
 *
 * ```ts
 * function greet(name: string): void { print(`hello ${name}`); }
 *
 * spawnFunction(greet, "Ada");
 * ```
 */
export function spawnFunction<A>(
  work: (argument: A) => void,
  argument: A,
  options: SpawnOptions | null = null,
): Process<Unit> {
  const start = (index: u32): void => {
    call_indirect<void>(index, receiveMessage<A, Bincode>(0));
  };
  if (spawnByIndex(start.index, work.index, options, null) != SPAWNED) {
    throw new Error(`cannot spawn a process: ${spawnError().text}`);
  }
  sendArgument<A, Bincode>(spawnedNode(), spawnedId(), argument);
  return new Process<Unit>(spawnedNode(), spawnedId());
}
