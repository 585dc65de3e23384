import type { FramePort } from "../mailbox/portChannel.ts";

/** Frames, or the number of bytes that were handed over on the other side. */
type PeerMessage = Uint8Array<ArrayBuffer>[] | number;

/** The way of frames over a MessagePort between two executors. A message is an array of frames, transferred. */
export function framePort(port: MessagePort): FramePort {
  const frames: FramePort = {
    post: (batch) =>
      port.postMessage(
        batch,
        batch.map((frame) => frame.buffer),
      ),
    onFrames: () => {},
    confirm: (bytes) => port.postMessage(bytes, []),
    onConfirmed: () => {},
    close: () => port.close(),
  };
  // Only the other end of this channel posts here, and it posts what the two functions above do.
  port.onmessage = ({ data }: MessageEvent<PeerMessage>) => {
    if (typeof data === "number") frames.onConfirmed(data);
    else frames.onFrames(data);
  };
  return frames;
}
