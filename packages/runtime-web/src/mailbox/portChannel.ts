import type { Channel } from "./channel.ts";

/** What a channel needs of a message port; protocol/peerPort.ts makes one of a MessagePort. */
export interface FramePort {
  /** Posts a batch; its frames are given away. */
  post(frames: Uint8Array<ArrayBuffer>[]): void;
  onFrames: (frames: Uint8Array<ArrayBuffer>[]) => void;
  /** Tells the other end that so many bytes were handed over. */
  confirm(bytes: number): void;
  onConfirmed: (bytes: number) => void;
  close(): void;
}

/**
 * Bytes under way that the other end has not confirmed. A port takes in any amount, but all of it stands in the
 * receiver's event loop before the next message of its hub or page: a kill, say. So the rest waits here.
 */
const WINDOW_BYTES = 1 << 20;
/** Each frame counts some bytes more: a flood of empty ones is a flood. */
const FRAME_BYTES = 64;

/**
 * A channel over a message port, for pages without shared memory. Frames are gathered and posted as one message when the
 * executor polls, at the latest in the microtask after the first of them: a post of its own costs many times a send.
 */
export class PortChannel implements Channel {
  onFrame: (frame: Uint8Array<ArrayBuffer>) => void = () => {};
  readonly #port: FramePort;
  /** Frames that wait, from `#waitingHead` on. */
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #waitingHead = 0;
  #unconfirmedBytes = 0;
  #isFlushing = false;
  #isClosed = false;

  /** @param arrived called after frames were handed over by the event loop, not by a poll */
  constructor(port: FramePort, arrived: () => void) {
    this.#port = port;
    port.onFrames = (frames) => {
      if (this.#isClosed) return;
      for (const frame of frames) this.onFrame(frame);
      port.confirm(frames.reduce((bytes, frame) => bytes + sizeOf(frame), 0));
      arrived();
    };
    port.onConfirmed = (bytes) => {
      this.#unconfirmedBytes -= bytes;
      this.#flush();
    };
  }

  get hasBacklog(): boolean {
    return this.#unconfirmedBytes >= WINDOW_BYTES && this.#waiting.length > 0;
  }

  post(frame: Uint8Array): void {
    if (this.#isClosed) return;
    this.#waiting.push(Uint8Array.from(frame));
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    void Promise.resolve().then(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  /** Only sends: what arrives comes by the event loop. */
  poll(): boolean {
    this.#flush();
    return false;
  }

  close(): void {
    this.#flush();
    this.#isClosed = true;
    this.#waiting = [];
    this.#port.close();
  }

  #flush(): void {
    if (this.#isClosed) return;
    const frames: Uint8Array<ArrayBuffer>[] = [];
    while (this.#waitingHead < this.#waiting.length && this.#unconfirmedBytes < WINDOW_BYTES) {
      const frame = this.#waiting[this.#waitingHead++]!;
      this.#unconfirmedBytes += sizeOf(frame);
      frames.push(frame);
    }
    if (frames.length === 0) return;
    if (this.#waitingHead * 2 >= this.#waiting.length) {
      this.#waiting.splice(0, this.#waitingHead);
      this.#waitingHead = 0;
    }
    this.#port.post(frames);
  }
}

function sizeOf(frame: Uint8Array): number {
  return frame.length + FRAME_BYTES;
}
