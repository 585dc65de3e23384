import type { FramePort } from "../mailbox/portChannel.ts";

/** The way of frames over a MessagePort between two executors. A message is an array of frames, transferred. */
export function framePort(port: MessagePort): FramePort {
  const frames: FramePort = {
    post: (batch) =>
      port.postMessage(
        batch,
        batch.map((frame) => frame.buffer),
      ),
    onFrames: () => {},
    close: () => port.close(),
  };
  // Only the other end of this channel posts here, and it posts what `post` above does.
  port.onmessage = (event: MessageEvent<Uint8Array<ArrayBuffer>[]>) => frames.onFrames(event.data);
  return frames;
}
