import type { Pid } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { Message } from "./message.ts";
import { NO_TIMER, type Process, type SentTimer } from "./process.ts";
import type { Signals } from "./signals.ts";
import { tellSent } from "./telling.ts";

/** timer::send_after. Timers belong to the environment: they fire after their process is dead. Host ABI ch. 10. */
export class DelayedSends {
  readonly #state: KernelState;
  readonly #signals: Signals;

  constructor(state: KernelState, signals: Signals) {
    this.#state = state;
    this.#signals = signals;
  }

  /** @returns the timer's id, also if the target does not exist now and nothing will ever be delivered */
  schedule(caller: Process, to: Pid, delayMs: bigint, message: Message): bigint {
    purgeFired(caller);
    const { environment, pid: from } = caller;
    const exists = this.#state.locate(environment, to) !== undefined;
    const deadline = this.#signals.waits.deadlineAfter(environment, delayMs);
    // What never fires keeps no message.
    const timer: SentTimer = { handle: NO_TIMER, message: deadline === undefined ? undefined : message };
    const id = caller.timers.add(timer);
    if (deadline === undefined) return id;
    environment.mail.add(message);
    timer.handle = environment.timers.schedule(deadline, () => {
      environment.mail.remove(message);
      environment.timerHandles.delete(timer.handle);
      timer.handle = NO_TIMER;
      timer.message = undefined;
      if (caller.state !== "ended") {
        caller.firedTimers ??= [];
        caller.firedTimers.push(id);
      }
      if (!exists) return;
      caller.messagesSent++;
      tellSent(environment, from, to, message);
      this.#signals.route(environment, from, to, message);
    });
    environment.timerHandles.add(timer.handle);
    return id;
  }

  /** @returns true also for one that fired and has not been purged by a later schedule; then nothing is stopped */
  cancel(caller: Process, id: bigint): boolean {
    const timer = caller.timers.remove(id);
    if (timer === undefined) return false;
    if (timer.handle !== NO_TIMER) {
      caller.environment.mail.remove(timer.message!);
      caller.environment.timers.cancel(timer.handle);
      caller.environment.timerHandles.delete(timer.handle);
    }
    return true;
  }
}

function purgeFired(process: Process): void {
  for (const id of process.firedTimers ?? []) process.timers.remove(id);
  process.firedTimers = undefined;
}
