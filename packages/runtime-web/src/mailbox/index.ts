export type { Channel } from "./channel.ts";
export { createBells, Doorbells } from "./doorbells.ts";
export { type FramePort, PortChannel } from "./portChannel.ts";
export { createRing } from "./ring.ts";
export { RingChannel, type RingChannelOptions } from "./ringChannel.ts";
export { createRings, type Rings } from "./rings.ts";
export { createSharedPidDirectory, SharedPidDirectory } from "./sharedPidDirectory.ts";
