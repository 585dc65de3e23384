import { type FrameMessage, type HostMessage, isGreeting } from "../protocol/messages.ts";
import { connectFrame, postToFrame } from "../protocol/post.ts";

/** The element's line to the page in its frame. */
export interface FrameLine {
  /** What is said before the page listens reaches it when it does. */
  say(message: HostMessage): void;
  close(): void;
}

/** @param origin  of the playground */
export function openFrameLine(
  frame: HTMLIFrameElement,
  origin: string,
  receive: (message: FrameMessage) => void,
): FrameLine {
  let port: MessagePort | undefined;
  let waiting: HostMessage[] = [];
  const onMessage = ({ data, source, origin: from }: MessageEvent) => {
    if (source === null || source !== frame.contentWindow || from !== origin || !isGreeting(data, "hello"))
      return;
    // A frame that was loaded anew asks again.
    port?.close();
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port.onmessage = ({ data: message }: MessageEvent<FrameMessage>) => receive(message);
    connectFrame(frame.contentWindow!, origin, port2);
    for (const message of waiting) postToFrame(port, message);
    waiting = [];
  };
  addEventListener("message", onMessage);
  return {
    say(message) {
      if (port) postToFrame(port, message);
      else waiting.push(message);
    },
    close() {
      removeEventListener("message", onMessage);
      port?.close();
    },
  };
}
