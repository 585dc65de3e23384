import { EventKind } from "../inspect/events.ts";
import type { Environment } from "./environment.ts";
import type { ExitCause } from "./exit.ts";
import type { ExecutorIndex, Pid } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { Message } from "./message.ts";
import type { Process } from "./process.ts";
import { isMessage, type Signal, SignalCode } from "./signal.ts";
import { tellQueued } from "./telling.ts";
import { Waits } from "./waits.ts";

/**
 * Delivers signals and handles them (host ABI ch. 5). A signal to a process that is not running is handled on delivery,
 * which no guest can tell from "before any more of its code"; a running process gets its signals at its next yield.
 */
export class Signals {
  readonly waits: Waits;
  readonly #state: KernelState;
  readonly #exit: (process: Process, cause: ExitCause) => void;

  constructor(state: KernelState, exit: (process: Process, cause: ExitCause) => void) {
    this.#state = state;
    this.#exit = exit;
    this.waits = new Waits({
      reached: (process) => {
        if (process.gatedChild !== undefined) this.openGate(process);
        this.drain(process);
      },
    });
  }

  /**
   * Brings a signal to a process of this environment, wherever it lives. One to a process that does not exist is
   * dropped, but a Link is answered: its sender learns NoProcess (better than natively, host ABI ch. 17, 18).
   */
  route(environment: Environment, from: Pid, to: Pid, signal: Signal): void {
    const local = environment.processes.get(to);
    if (local !== undefined && !this.#takesDetour(local, from)) {
      this.deliver(local, from, signal);
      return;
    }
    const executor = local?.detour ?? this.#state.locate(environment, to);
    if (executor === undefined || environment.closed) {
      this.bounce(environment, to, signal);
    } else if (executor === this.#state.executor) {
      environment.awaitArrival(to, from, signal);
    } else {
      const id = environment.id;
      this.#state.post(executor, { type: "signal", environment: id, from, to, signal });
    }
  }

  /** A signal that came from another executor. */
  receive(environment: Environment, by: ExecutorIndex, from: Pid, to: Pid, signal: Signal): void {
    const local = environment.processes.get(to);
    if (local !== undefined && local.detour === by) this.deliver(local, from, signal);
    // The one that knows thinks it is here, and it is not in the directory: it is dead, or inside its start function.
    else if (environment.directory.authority(to) === by) this.bounce(environment, to, signal);
    else this.route(environment, from, to, signal);
  }

  /** What becomes of a signal whose target `to` is dead. */
  bounce(environment: Environment, to: Pid, signal: Signal): void {
    if (signal.kind !== "link" || environment.closed) return;
    const answer = { kind: "linkEnded", peer: to, tag: signal.tag, reason: "noProcess" } as const;
    this.route(environment, to, signal.peer, answer);
  }

  deliver(process: Process, from: Pid, signal: Signal): void {
    if (process.heldBack !== undefined && isMessage(signal) && from !== process.pid) {
      if (from !== process.parent) {
        process.heldBack.push(signal);
        process.environment.mail.add(signal);
        return;
      }
      this.#accept(process, signal);
      this.#releaseHeldBack(process);
      return;
    }
    this.#accept(process, signal);
  }

  /** Handles what was queued while the process ran. It may be ended afterwards. */
  drain(process: Process): void {
    while (process.signalHead < process.signals.length) {
      const signal = process.signals[process.signalHead++]!;
      this.#handle(process, signal);
      if (process.state === "ended") return;
    }
    if (process.signalHead > 0) {
      process.signals.length = 0;
      process.signalHead = 0;
    }
  }

  /** Lets others reach the process that `parent` made by get_or_spawn. */
  openGate(parent: Process): void {
    const child = parent.gatedChild;
    parent.gatedChild = undefined;
    if (child === undefined) return;
    this.route(parent.environment, parent.pid, child, { kind: "openGate", peer: parent.pid });
  }

  #takesDetour({ detour, pid }: Process, from: Pid): boolean {
    return detour !== undefined && from !== pid && !this.#state.lostExecutors.has(detour);
  }

  #accept(process: Process, signal: Signal): void {
    if (process.state === "running") {
      process.queueSignal(signal);
    } else if (process.signalHead < process.signals.length) {
      // It left its slice without a yield point: what it has not taken in yet comes first.
      process.queueSignal(signal);
      this.drain(process);
    } else {
      this.#handle(process, signal);
    }
  }

  #releaseHeldBack(process: Process): void {
    const messages = process.heldBack;
    process.heldBack = undefined;
    for (const message of messages ?? []) {
      process.environment.mail.remove(message);
      this.#accept(process, message);
    }
  }

  #handle(process: Process, signal: Signal): void {
    if (isMessage(signal)) {
      process.messagesReceived++;
      this.#takeIn(process, signal);
      return;
    }
    const sink = process.environment.sink;
    switch (signal.kind) {
      case "kill":
        sink?.emit(EventKind.Signal, process.pid, signal.peer, 0n, SignalCode.kill);
        this.#exit(process, { type: "killed", by: signal.peer });
        return;
      case "dieWhenLinkDies":
        sink?.emit(EventKind.Signal, process.pid, process.pid, 0n, SignalCode.dieWhenLinkDies);
        process.dieWhenLinkDies = signal.on;
        return;
      case "link":
        process.peerTags?.delete(signal.peer);
        process.links.set(signal.peer, signal.tag);
        sink?.emit(EventKind.Link, process.pid, signal.peer, signal.tag, 0);
        return;
      case "unlink":
        if (process.removeLink(signal.peer)) sink?.emit(EventKind.Unlink, process.pid, signal.peer, 0n, 0);
        return;
      case "linkEnded":
        this.#handleLinkEnded(process, signal.peer, signal.tag, signal.reason !== "normal");
        return;
      case "monitor":
        process.monitors ??= new Set();
        process.monitors.add(signal.peer);
        sink?.emit(EventKind.Monitor, signal.peer, process.pid, 0n, 0);
        return;
      case "stopMonitoring":
        if (process.monitors?.delete(signal.peer)) {
          sink?.emit(EventKind.StopMonitoring, signal.peer, process.pid, 0n, 0);
        }
        return;
      case "processEnded":
        process.monitored?.delete(signal.peer);
        sink?.emit(EventKind.Signal, process.pid, signal.peer, 0n, SignalCode.processEnded);
        this.#takeIn(process, { kind: "processDied", from: signal.peer });
        return;
      case "openGate":
        this.#releaseHeldBack(process);
        return;
      default:
        signal satisfies never;
    }
  }

  /** A notice that crossed an unlink on its way finds no link any more and means nothing. */
  #handleLinkEnded(process: Process, peer: Pid, tag: bigint, isFailure: boolean): void {
    if (!process.removeLink(peer)) return;
    process.environment.sink?.emit(EventKind.Signal, process.pid, peer, tag, SignalCode.linkEnded);
    if (!isFailure) return;
    if (process.dieWhenLinkDies) this.#exit(process, { type: "linkDied", pid: peer });
    else this.#takeIn(process, { kind: "linkDied", tag, from: peer });
  }

  #takeIn(process: Process, message: Message): void {
    if (this.waits.handOver(process, message)) return;
    process.mailbox.push(message);
    tellQueued(process, message, process.mailbox.size);
  }
}
