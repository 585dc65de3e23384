import { EventKind } from "../inspect/events.ts";
import type { Environment } from "../kernel/environment.ts";
import type { Process } from "../kernel/process.ts";
import type { ExecutorToHub } from "../protocol/hubExecutor.ts";

/** Has environments ended whose messages would take the memory of all others (MailMeter, PeerNetwork). */
export class Floods {
  readonly #limitBytes: number;
  readonly #tellHub: (message: ExecutorToHub) => void;

  constructor(limitBytes: number, tellHub: (message: ExecutorToHub) => void) {
    this.#limitBytes = limitBytes;
    this.#tellHub = tellHub;
  }

  /** The messages that wait in its mailboxes here are too many. */
  mailFull(environment: Environment): void {
    this.#end(environment, describeFullest(environment));
  }

  /** Those that wait to be taken in by another executor are. @param environment undefined: it has ended meanwhile */
  overflow(environment: Environment | undefined, to: number): void {
    if (environment !== undefined) this.#end(environment, `executor ${to} cannot keep up with them`);
  }

  #end({ id, root, sink }: Environment, reason: string): void {
    const message = `messages that wait take more than ${this.#limitBytes} bytes: ${reason}`;
    sink?.emit(EventKind.Notice, root, 0, 0n, 0, `The environment ends: ${message}`);
    this.#tellHub({ type: "flooded", environment: id, message });
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
