import { Bincode } from "../codec/bincode";
import { Process } from "../process/process";
import { removeName } from "./registry";
import { processName } from "./typeName";

/**
 * A name with the type of the messages that its process takes, so that whoever looks it up gets the right handle.
 *
 * ```ts
 * const LOGGER = new ProcessName<string>("logger");
 *
 * LOGGER.register(spawn(log, 0));   // in one process
 * LOGGER.expect().send("hello");    // in any other
 * ```
 */
export class ProcessName<M, S = Bincode> {
  /** @param name what both sides agree on; names for different types of messages do not clash */
  constructor(readonly name: string) {}

  /** Gives a process the name; whoever had it loses it. */
  register(process: Process<M, S>): void {
    process.register(this.name);
  }

  /** The process that has the name; null: nobody has. It may have ended in the meantime. */
  lookup(): Process<M, S> | null {
    return Process.lookup<M, S>(this.name);
  }

  /** The process that has the name. If nobody has, this process panics. */
  expect(): Process<M, S> {
    const process = this.lookup();
    if (process === null) throw new Error(`no process is registered as "${this.name}"`);
    return process;
  }

  /** Frees the name. */
  unregister(): void {
    removeName(processName<M, S>(this.name));
  }
}
