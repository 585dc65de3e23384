import { struct, union } from "./layout.ts";

/** The structs guests and host exchange, with the field order of preview1's typenames.witx. */
export const IOVEC = struct({ buf: "u32", bufLen: "u32" });

export const FDSTAT = struct({ filetype: "u8", flags: "u16", rightsBase: "u64", rightsInheriting: "u64" });

export const FILESTAT = struct({
  device: "u64",
  inode: "u64",
  filetype: "u8",
  linkCount: "u64",
  size: "u64",
  accessed: "u64",
  modified: "u64",
  changed: "u64",
});

export const DIRENT = struct({ next: "u64", inode: "u64", nameLen: "u32", filetype: "u8" });

export const PRESTAT = struct({ tag: "u8", nameLen: "u32" });

export const SUBSCRIPTION_CLOCK = struct({ id: "u32", timeout: "u64", precision: "u64", flags: "u16" });

export const SUBSCRIPTION_FD = struct({ fd: "u32" });

export const SUBSCRIPTION = struct({
  userdata: "u64",
  tag: "u8",
  body: union(SUBSCRIPTION_CLOCK, SUBSCRIPTION_FD),
});

export const EVENT_FD = struct({ bytes: "u64", flags: "u16" });

export const EVENT = struct({ userdata: "u64", error: "u16", type: "u8", fd: EVENT_FD });
