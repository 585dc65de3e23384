import type { Channel } from "./channel.ts";

/** What a channel needs of a message port; protocol/peerPort.ts makes one of a MessagePort. */
export interface FramePort {
  /** Posts a chunk, which is given away. */
  post(chunk: Uint8Array<ArrayBuffer>): void;
  onChunk: (chunk: Uint8Array<ArrayBuffer>) => void;
  /** Tells the other end that the frames of so many bytes were handed over. */
  confirm(bytes: number): void;
  onConfirmed: (bytes: number) => void;
  close(): void;
}

/**
 * Bytes under way that the other end has not confirmed. A port takes in any amount, but all of it stands in the
 * receiver's event loop before the next message of its hub or page: a kill, say. So the rest waits here.
 */
const WINDOW_BYTES = 1 << 20;
/** Chunk: | length of frame u32 LE | frame | length u32 LE | frame | … */
const HEADER_BYTES = 4;
const STAGE_BYTES = 1 << 16;

/**
 * A channel over a message port, for pages without shared memory. Frames are gathered and posted as one chunk when the
 * executor polls, at the latest in the microtask after the first of them: a post, and each transferred buffer, costs many
 * times a send.
 */
export class PortChannel implements Channel {
  onFrame: (frame: Uint8Array<ArrayBuffer>) => void = () => {};
  readonly #port: FramePort;
  /** Where the next chunk is gathered; the first `#used` bytes are. */
  readonly #stage = new Uint8Array(STAGE_BYTES);
  readonly #header = new DataView(this.#stage.buffer);
  #used = 0;
  /** Chunks that are complete and wait for the window to open. */
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #unconfirmedBytes = 0;
  #isFlushing = false;
  #isClosed = false;

  /** @param arrived called after frames were handed over by the event loop, not by a poll */
  constructor(port: FramePort, arrived: () => void) {
    this.#port = port;
    port.onChunk = (chunk) => {
      if (this.#isClosed) return;
      this.#handOver(chunk);
      port.confirm(chunk.length);
      arrived();
    };
    port.onConfirmed = (bytes) => {
      this.#unconfirmedBytes -= bytes;
      this.#flush();
    };
  }

  get hasBacklog(): boolean {
    return this.#chunks.length > 0;
  }

  post(frame: Uint8Array): void {
    if (this.#isClosed) return;
    const bytes = HEADER_BYTES + frame.length;
    if (this.#used + bytes > STAGE_BYTES) this.#completeChunk();
    if (bytes > STAGE_BYTES) {
      const chunk = new Uint8Array(bytes);
      new DataView(chunk.buffer).setUint32(0, frame.length, true);
      chunk.set(frame, HEADER_BYTES);
      this.#chunks.push(chunk);
    } else {
      this.#header.setUint32(this.#used, frame.length, true);
      this.#stage.set(frame, this.#used + HEADER_BYTES);
      this.#used += bytes;
    }
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
    this.#chunks = [];
    this.#port.close();
  }

  #completeChunk(): void {
    if (this.#used === 0) return;
    this.#chunks.push(this.#stage.slice(0, this.#used));
    this.#used = 0;
  }

  #flush(): void {
    if (this.#isClosed || this.#unconfirmedBytes >= WINDOW_BYTES) return;
    this.#completeChunk();
    let sent = 0;
    while (sent < this.#chunks.length && this.#unconfirmedBytes < WINDOW_BYTES) {
      const chunk = this.#chunks[sent++]!;
      this.#unconfirmedBytes += chunk.length;
      this.#port.post(chunk);
    }
    this.#chunks.splice(0, sent);
  }

  #handOver(chunk: Uint8Array<ArrayBuffer>): void {
    const header = new DataView(chunk.buffer, chunk.byteOffset);
    for (let at = 0; at < chunk.length; ) {
      const start = at + HEADER_BYTES;
      at = start + header.getUint32(at, true);
      // A copy: a message that waits in a mailbox must not keep the whole chunk.
      this.onFrame(chunk.slice(start, at));
    }
  }
}
