import type { Endings } from "./endings.ts";
import type { ExecutorIndex, Pid } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { MoveEnvelope } from "./peers.ts";
import { Process } from "./process.ts";
import type { Signals } from "./signals.ts";

/**
 * Moves processes that have not run yet to another executor.
 *
 * A moved process changes the way its messages take, and the order between two processes must not suffer: a message that
 * went the old way and is still on it could be overtaken by one that takes the new. So only a process whose pid
 * no other executor can know may move: one spawned after this executor last posted anything to a peer. Its messages
 * are all here, and go along.
 */
export class Migration {
  readonly #state: KernelState;
  readonly #signals: Signals;
  readonly #endings: Endings;

  constructor(state: KernelState, signals: Signals, endings: Endings) {
    this.#state = state;
    this.#signals = signals;
    this.#endings = endings;
  }

  /** Whether the process may move now. A move makes that false for all others: choose them before the first. */
  canMove(process: Process): boolean {
    return (
      process.state === "unstarted" &&
      process.isInitialized &&
      process.pid !== process.environment.root &&
      process.heldBack === undefined &&
      process.signals.length === 0 &&
      process.postsAtSpawn === this.#state.posts &&
      !this.#state.options.modules.hasStart(process.module)
    );
  }

  /** Sends the process away; its body here is the caller's to drop. Requires that `canMove` was true. */
  move(process: Process, to: ExecutorIndex): void {
    const { environment, pid } = process;
    const links: MoveEnvelope["links"] = [...process.links].map(([peer, tag]) => {
      const linked = environment.processes.get(peer);
      linked?.expectPeerTag(pid, tag);
      return { peer, tag, peerTag: linked?.links.get(pid) ?? process.peerTags?.get(peer) ?? 0n };
    });
    environment.processes.delete(pid);
    environment.directory.place(pid, to, this.#state.executor);
    this.#state.post(to, {
      type: "move",
      environment: environment.id,
      pid,
      parent: process.parent,
      heard: this.#state.detours.heardOf(to),
      module: process.module,
      entry: process.entry,
      params: process.params,
      config: process.config,
      links,
      monitors: [...(process.monitors ?? [])],
      messages: [...process.mailbox],
    });
  }

  receive(from: ExecutorIndex, envelope: MoveEnvelope): void {
    const environment = this.#state.environments.get(envelope.environment);
    if (environment === undefined) return;
    const { pid } = envelope;
    const process = new Process(pid, environment, envelope.parent, envelope);
    process.isInitialized = true;
    process.postsAtSpawn = -1;
    process.detour = this.#state.detourOf(process, from, envelope.heard);
    for (const { peer, tag, peerTag } of envelope.links) {
      process.links.set(peer, tag);
      process.expectPeerTag(peer, peerTag);
    }
    if (envelope.monitors.length > 0) process.monitors = new Set<Pid>(envelope.monitors);
    for (const message of envelope.messages) process.mailbox.push(message);
    process.messagesReceived = envelope.messages.length;
    environment.processes.set(pid, process);
    environment.directory.place(pid, this.#state.executor, from);
    const { launcher } = this.#state.options;
    launcher.launch(process, (failure) => {
      if (failure === undefined) launcher.start(process);
      else this.#endings.exit(process, { type: "trapped", message: failure, stack: "" }, false);
    });
    // Last, because a signal may end it, and then its body is told to stop.
    for (const early of environment.takeEarly(pid)) {
      this.#signals.route(environment, early.from, pid, early.signal);
    }
  }
}
