import { EventKind } from "../inspect/events.ts";
import type { Environment } from "../kernel/environment.ts";
import type { Process } from "../kernel/process.ts";
import type { ExecutorToHub } from "../protocol/hubExecutor.ts";

/** Has environments ended whose messages or resources would take the memory of all others (MailMeter, PeerNetwork). */
export class Floods {
  readonly #limitBytes: number;
  readonly #tellHub: (message: ExecutorToHub) => void;

  constructor(limitBytes: number, tellHub: (message: ExecutorToHub) => void) {
    this.#limitBytes = limitBytes;
    this.#tellHub = tellHub;
  }

  /** The messages that wait in its mailboxes here are too many, or what else is held for its guests is too much. */
  mailFull(environment: Environment): void {
    const { bytes, heldBytes } = environment.mail;
    if (bytes >= heldBytes) this.#end(environment, "messages", describeFullest(environment));
    else this.#end(environment, "memory", describeHolder(environment));
  }

  /** Those that wait to be taken in by another executor are. @param environment undefined: it has ended meanwhile */
  overflow(environment: Environment | undefined, to: number): void {
    if (environment !== undefined)
      this.#end(environment, "messages", `executor ${to} cannot keep up with them`);
  }

  #end({ id, root, sink }: Environment, limit: "messages" | "memory", reason: string): void {
    const what = limit === "messages" ? "messages that wait take" : "what is held for its processes takes";
    const message = `${what} more than ${this.#limitBytes} bytes: ${reason}`;
    sink?.emit(EventKind.Notice, root, 0, 0n, 0, `The environment ends: ${message}`);
    this.#tellHub({ type: "flooded", environment: id, limit, message });
  }
}

function describeFullest(environment: Environment): string {
  let fullest: Process | undefined;
  for (const process of environment.processes.values()) {
    if (process.mailbox.size > (fullest?.mailbox.size ?? 0)) fullest = process;
  }
  if (fullest === undefined) return "they wait for timers";
  return `process ${fullest.pid} has ${fullest.mailbox.size} of them and does not take them`;
}

function describeHolder({ processes, registry }: Environment): string {
  let holder: Process | undefined;
  for (const process of processes.values()) {
    if (process.resources > (holder?.resources ?? 0)) holder = process;
  }
  const names = registry?.size ?? 0;
  if (holder === undefined || names > holder.resources) return `${names} names are registered`;
  return `process ${holder.pid} has ${holder.resources} configs, failures, modules and timers and does not drop them`;
}
