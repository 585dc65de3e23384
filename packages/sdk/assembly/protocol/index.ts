export { Branch, Choose, Dual, End, Incoming, Loop, Offer, Recv, Send } from "./steps";
export { spawnProtocol } from "./spawnProtocol";
