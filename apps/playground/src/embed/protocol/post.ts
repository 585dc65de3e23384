import { type FrameMessage, type HostMessage, PROTOCOL } from "./messages.ts";

/** Tells the window around the frame, whoever it is, that the frame listens. Nothing of a visitor is in it. */
export function greetHost(host: Window): void {
  host.postMessage({ protocol: PROTOCOL, type: "hello" }, "*");
}

/** Gives the frame its end of the line. @param origin  of the playground: a page that took its place gets nothing */
export function connectFrame(frame: Window, origin: string, port: MessagePort): void {
  frame.postMessage({ protocol: PROTOCOL, type: "connect" }, origin, [port]);
}

export function postToFrame(port: MessagePort, message: HostMessage): void {
  const isModule = message.type === "program" && message.program.kind === "module";
  port.postMessage(message, isModule ? [(message.program as { bytes: ArrayBuffer }).bytes] : []);
}

export function postToHost(port: MessagePort, message: FrameMessage): void {
  port.postMessage(message);
}
