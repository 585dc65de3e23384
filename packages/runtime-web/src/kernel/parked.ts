/**
 * What a blocking operation of the kernel returns when it cannot complete at once. The caller's process is parked by
 * then, and the operation's `complete` runs exactly once later, unless the process dies first.
 */
export const PARKED: unique symbol = Symbol("parked");
export type Parked = typeof PARKED;
