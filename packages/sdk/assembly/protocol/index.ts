/**
 * Sessions, in which two processes can send and receive only in an order that their types tell:
 *
 * ```ts
 * import { End, Recv, Send, spawnProtocol } from "lunatic/protocol";
 * ```
 */

export { Branch, Choose, Dual, End, Incoming, Loop, Offer, Recv, Send } from "./steps";
export { spawnProtocol } from "./spawnProtocol";
