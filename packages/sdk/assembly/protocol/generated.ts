/** What generated code of sessions uses. It is not for authors. */
export { Channel } from "./channel";
export { Choose, End, Loop, Offer, Recv, Send, step } from "./steps";
