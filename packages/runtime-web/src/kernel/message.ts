import type { ModuleId, Pid } from "./ids.ts";

/** A module that travels in a message; the only kind of resource there is until sockets exist. */
export interface ModuleResource {
  readonly kind: "module";
  readonly module: ModuleId;
}
export type MessageResource = ModuleResource;

/**
 * A message a guest wrote. `buffer` holds at least `length` bytes, the rest is spare room for write_data.
 * A slot of `resources` is undefined once its resource was taken (indexes never shift).
 */
export interface DataMessage {
  readonly kind: "data";
  /** 0n = no tag. */
  tag: bigint;
  buffer: Uint8Array;
  length: number;
  readPosition: number;
  resources: (MessageResource | undefined)[];
  /** Who sent it; NO_PID until sent. Not visible to the guest, only to the inspector. */
  from: Pid;
  /** Observers were not told that it was sent, as it was one of too many: they need not be told where it goes. */
  isUntold: boolean;
}

export interface LinkDiedMessage {
  readonly kind: "linkDied";
  readonly tag: bigint;
  /** The dead process; not visible to the guest. */
  readonly from: Pid;
}

export interface ProcessDiedMessage {
  readonly kind: "processDied";
  readonly from: Pid;
}

export type Message = DataMessage | LinkDiedMessage | ProcessDiedMessage;
