import type { EnvironmentId } from "../kernel/ids.ts";
import { Domain, type DomainOptions } from "./domain.ts";
import type { Platform } from "./platform.ts";
import { WorkMeter } from "./workMeter.ts";

/** The domains of one executor: one for each environment that is open on it. */
export class Domains {
  readonly #platform: Platform;
  readonly #onTimer: () => void;
  readonly #work = new WorkMeter();
  readonly #open = new Map<EnvironmentId, Domain>();

  /** @param onTimer processes that a timer has woken wait for their turn */
  constructor(platform: Platform, onTimer: () => void) {
    this.#platform = platform;
    this.#onTimer = onTimer;
  }

  open(id: EnvironmentId, options: Omit<DomainOptions, "platform" | "onTimer" | "work">): Domain {
    const domain = new Domain({
      ...options,
      platform: this.#platform,
      work: this.#work,
      onTimer: this.#onTimer,
    });
    this.#open.set(id, domain);
    return domain;
  }

  get(id: EnvironmentId): Domain | undefined {
    return this.#open.get(id);
  }

  close(id: EnvironmentId): void {
    this.#open.get(id)?.close();
    this.#open.delete(id);
  }

  closeAll(): void {
    for (const domain of this.#open.values()) domain.close();
  }

  /** Fires what real time has made due. Called when the event loop has had its turn. */
  fireDue(): void {
    this.#work.pause();
    for (const domain of this.#open.values()) domain.fireDue();
  }

  /** Where no process can run until a timer fires, timers that have let work go first fire, and virtual time jumps. */
  skipWaits(): void {
    for (const domain of this.#open.values()) {
      if (!domain.isOpen || domain.queued > 0) continue;
      domain.fireLate();
      if (!domain.isDeterministic) continue;
      const next = domain.timers.nextDeadlineMs;
      if (next !== undefined) domain.advanceTo(next);
    }
  }

  /** Neither a timer nor somebody who looks on keeps any process from running. */
  get isIdle(): boolean {
    for (const domain of this.#open.values()) if (!domain.isOpen || domain.timers.pending > 0) return false;
    return true;
  }
}
