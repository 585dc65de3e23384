import type { FramePort } from "../mailbox/portChannel.ts";

/** A chunk of frames, or the number of bytes that were handed over on the other side. */
type PeerMessage = Uint8Array<ArrayBuffer> | number;

/** The way of frames over a MessagePort between two executors. Chunks are transferred. */
export function framePort(port: MessagePort): FramePort {
  const frames: FramePort = {
    post: (chunk) => port.postMessage(chunk, [chunk.buffer]),
    onChunk: () => {},
    confirm: (bytes) => port.postMessage(bytes, []),
    onConfirmed: () => {},
    close: () => port.close(),
  };
  // Only the other end of this channel posts here, and it posts what the two functions above do.
  port.onmessage = ({ data }: MessageEvent<PeerMessage>) => {
    if (typeof data === "number") frames.onConfirmed(data);
    else frames.onChunk(data);
  };
  return frames;
}
