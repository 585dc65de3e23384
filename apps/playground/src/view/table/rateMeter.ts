import type { ObservedProcess, SystemModel } from "@lunatic-web/runtime/inspect";

/** Between two samples, in milliseconds of the run: rates that change 60 times a second cannot be read. */
const PERIOD_MS = 500;
/** Mailbox depths kept per process: what a sparkline shows. */
const DEPTHS = 24;

interface Sample {
  received: number;
  sent: number;
  receivedPerSecond: number;
  sentPerSecond: number;
  /** Oldest first; undefined until a message has waited at a sample. */
  depths: number[] | undefined;
}

/** Messages in and out per second and the latest mailbox depths, sampled while time goes on. */
export class RateMeter {
  #samples = new Map<number, Sample>();
  #model: SystemModel | undefined;
  #sampledMs = Number.NEGATIVE_INFINITY;

  /** Takes a sample if one is due. A leap back in time begins anew. @param shownMs milliseconds of the run */
  update(model: SystemModel, shownMs: number): void {
    if (model !== this.#model || shownMs < this.#sampledMs) {
      this.#model = model;
      this.#samples = new Map();
      this.#sampledMs = Number.NEGATIVE_INFINITY;
    }
    const passedMs = shownMs - this.#sampledMs;
    if (passedMs < PERIOD_MS) return;
    const samples = new Map<number, Sample>();
    for (const process of model.processes.values()) {
      if (process.state !== "ended") samples.set(process.pid, this.#sample(process, passedMs));
    }
    this.#samples = samples;
    this.#sampledMs = shownMs;
  }

  /** Messages per second that a process got; 0 until it has been sampled twice. */
  receivedPerSecond(pid: number): number {
    return this.#samples.get(pid)?.receivedPerSecond ?? 0;
  }

  sentPerSecond(pid: number): number {
    return this.#samples.get(pid)?.sentPerSecond ?? 0;
  }

  /** Latest depths of its mailbox, oldest first; empty if no message ever waited. */
  depths(pid: number): readonly number[] {
    return this.#samples.get(pid)?.depths ?? [];
  }

  /** Another value whenever what is told of a process has changed. */
  sampled(pid: number): unknown {
    return this.#samples.get(pid);
  }

  #sample(process: ObservedProcess, passedMs: number): Sample {
    const before = this.#samples.get(process.pid);
    const perSecond = (value: number, past: number | undefined) =>
      past === undefined || !Number.isFinite(passedMs) ? 0 : (Math.max(0, value - past) / passedMs) * 1_000;
    let depths = before?.depths;
    if (depths || process.mailboxDepth > 0) {
      depths = [...(depths ?? []), process.mailboxDepth].slice(-DEPTHS);
      if (depths.every((depth) => depth === 0)) depths = undefined;
    }
    const isIdle =
      before !== undefined &&
      depths === before.depths &&
      before.receivedPerSecond + before.sentPerSecond === 0 &&
      process.messagesReceived === before.received &&
      process.messagesSent === before.sent;
    if (isIdle) return before;
    return {
      received: process.messagesReceived,
      sent: process.messagesSent,
      receivedPerSecond: perSecond(process.messagesReceived, before?.received),
      sentPerSecond: perSecond(process.messagesSent, before?.sent),
      depths,
    };
  }
}
