import type { Platform } from "../platform.ts";

/** A thread whose clock stands still until it is moved. One timer may be set at a time. */
export class ManualPlatform implements Platform {
  now = 0;
  armed: { task: () => void; atMs: number } | undefined;
  posted: (() => void) | undefined;

  nowMs(): number {
    return this.now;
  }

  postMacrotask(task: () => void): void {
    this.posted = task;
  }

  setTimer(task: () => void, delayMs: number): () => void {
    const timer = { task, atMs: this.now + delayMs };
    this.armed = timer;
    return () => {
      if (this.armed === timer) this.armed = undefined;
    };
  }

  advanceTo(ms: number): void {
    while (this.armed !== undefined && this.armed.atMs <= ms) {
      const { task, atMs } = this.armed;
      this.armed = undefined;
      this.now = Math.max(this.now, atMs);
      task();
    }
    this.now = ms;
  }
}
