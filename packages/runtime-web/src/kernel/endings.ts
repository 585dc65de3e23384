import { EventKind } from "../inspect/events.ts";
import type { Environment } from "./environment.ts";
import { describeExit, type ExitCause, ExitCode, exitOrigin, exitReason } from "./exit.ts";
import { NO_PID, type Pid } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { Process } from "./process.ts";
import type { Signal } from "./signal.ts";
import type { Signals } from "./signals.ts";

const NO_SIGNALS: readonly Signal[] = [];
const NOBODY: readonly Pid[] = [];

interface Ending {
  readonly process: Process;
  readonly cause: ExitCause;
  /** False for the running process: its stack is unwound by a ProcessStopped, and its body ends with it. */
  readonly mustStop: boolean;
  readonly wasEntered: boolean;
}

/** Ends processes. Order of steps: host ABI ch. 4, "Order at the end". */
export class Endings {
  readonly #state: KernelState;
  readonly #signals: Signals;
  /** Deaths whose links are still to be told. A list, not recursion: a ring of 10,000 linked processes dies as one. */
  readonly #pending: Ending[] = [];
  #isTelling = false;

  constructor(state: KernelState, signals: Signals) {
    this.#state = state;
    this.#signals = signals;
  }

  /**
   * Links and monitors have been told on return, unless an end is being told already: then they are told right after.
   * @param hasBody false if there is none to stop, because launching the process failed
   */
  exit(process: Process, cause: ExitCause, hasBody = true): void {
    if (process.state === "ended") return;
    this.#pending.push(this.#remove(process, cause, hasBody));
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      // Grows while it is walked.
      for (const ending of this.#pending) this.#tell(ending);
    } finally {
      this.#pending.length = 0;
      this.#isTelling = false;
    }
  }

  /** Ends every process of an environment that is closed already. Nobody is told: there is nobody left. */
  endAll(environment: Environment): void {
    const launches = [...environment.launching.values()];
    environment.launching.clear();
    const processes = [...environment.processes.values(), ...launches.map((launch) => launch.process)];
    for (const process of processes) {
      if (process.state === "ended") continue;
      const ending = this.#remove(process, { type: "environmentEnded" }, true);
      process.dropHoldings();
      this.#finish(ending);
    }
  }

  #remove(process: Process, cause: ExitCause, hasBody: boolean): Ending {
    const environment = process.environment;
    const mustStop = hasBody && process.state !== "running";
    process.state = "ended";
    const wasEntered = environment.processes.delete(process.pid);
    this.#release(process);
    this.#signals.waits.cancel(process);
    const origin = exitOrigin(cause) ?? NO_PID;
    const sink = process.environment.sink;
    if (sink !== undefined) {
      const { pid, messagesReceived, messagesSent, mailbox } = process;
      // The last word on what is otherwise sampled: a short process may end before the first sample.
      sink.emit(EventKind.MailboxSample, pid, messagesReceived, BigInt(messagesSent), mailbox.size);
      const fuelUsed = BigInt(hasBody ? process.body.fuelUsed : 0);
      sink.emit(EventKind.Exit, pid, origin, fuelUsed, ExitCode[cause.type], describeExit(cause));
    }
    return { process, cause, mustStop, wasEntered };
  }

  /** The pid is dead here, and where it was given out. */
  #release({ environment, pid }: Process): void {
    environment.directory.release(pid);
    const authority = environment.directory.authority(pid);
    if (authority === undefined || environment.closed) return;
    this.#state.tell(authority, { type: "gone", environment: environment.id, pid });
  }

  #tell(ending: Ending): void {
    const { process, cause } = ending;
    const { environment, pid, links, monitors, monitored } = process;
    const unhandled =
      process.signalHead < process.signals.length ? process.signals.slice(process.signalHead) : NO_SIGNALS;
    const reason = exitReason(cause);
    for (const [peer, tag] of links) this.#send(process, peer, { kind: "linkEnded", peer: pid, tag, reason });
    for (const peer of monitors ?? NOBODY) this.#send(process, peer, { kind: "processEnded", peer: pid });
    for (const peer of monitored ?? NOBODY) this.#send(process, peer, { kind: "stopMonitoring", peer: pid });
    for (const signal of unhandled) this.#signals.bounce(environment, pid, signal);
    this.#signals.openGate(process);
    for (const early of environment.takeEarly(pid)) this.#signals.bounce(environment, pid, early.signal);
    process.dropHoldings();
    this.#finish(ending);
    const launch = environment.launching.get(pid);
    launch?.finish(describeExit(cause));
  }

  #send(process: Process, to: Process["pid"], signal: Signal): void {
    this.#signals.route(process.environment, process.pid, to, signal);
  }

  #finish({ process, cause, mustStop, wasEntered }: Ending): void {
    if (mustStop) process.body.stop();
    if (wasEntered) this.#state.options.onProcessEnd?.(process, cause);
  }
}
