import type { Channel } from "./channel.ts";

/** What a channel needs of a message port; protocol/peerPort.ts makes one of a MessagePort. */
export interface FramePort {
  /** Posts a batch; its frames are given away. */
  post(frames: Uint8Array<ArrayBuffer>[]): void;
  onFrames: (frames: Uint8Array<ArrayBuffer>[]) => void;
  close(): void;
}

/**
 * A channel over a message port, for pages without shared memory. Frames are gathered and posted as one message when the
 * executor polls, at the latest in the microtask after the first of them: a post of its own costs many times a send.
 */
export class PortChannel implements Channel {
  onFrame: (frame: Uint8Array<ArrayBuffer>) => void = () => {};
  readonly #port: FramePort;
  #batch: Uint8Array<ArrayBuffer>[] = [];
  #isClosed = false;

  /** @param arrived called after frames were handed over by the event loop, not by a poll */
  constructor(port: FramePort, arrived: () => void) {
    this.#port = port;
    port.onFrames = (frames) => {
      if (this.#isClosed) return;
      for (const frame of frames) this.onFrame(frame);
      arrived();
    };
  }

  post(frame: Uint8Array): void {
    if (this.#isClosed) return;
    this.#batch.push(Uint8Array.from(frame));
    if (this.#batch.length === 1) void Promise.resolve().then(() => this.#flush());
  }

  /** Only sends: what arrives comes by the event loop. */
  poll(): boolean {
    this.#flush();
    return false;
  }

  close(): void {
    this.#flush();
    this.#isClosed = true;
    this.#port.close();
  }

  #flush(): void {
    if (this.#batch.length === 0 || this.#isClosed) return;
    const frames = this.#batch;
    this.#batch = [];
    this.#port.post(frames);
  }
}
