import { EventKind } from "./events.ts";

/**
 * How closely messages are observed. "full": every message, each wait and its end. "sampled": all of them as long as they are
 * few; of more, a sample, the number of those left out for each pair of processes, and how processes stand about 30 times a
 * second. What makes up the system (spawns, ends, links, monitors, names, traps, output) is always told one by one.
 */
export type Detail = "full" | "sampled";

/** What all subscribers of an environment together want. */
export interface Subscription {
  readonly kinds: readonly EventKind[] | "all";
  readonly detail: Detail;
}

/** Which kinds a subscriber gets, as bits: with messages comes how many were left out. @param kinds undefined: all */
export function selectionOf(kinds: readonly EventKind[] | undefined): number {
  if (kinds === undefined) return -1;
  const selection = maskOf(kinds);
  const hasMessages = (selection & (1 << EventKind.MessageSent)) !== 0;
  return hasMessages ? selection | (1 << EventKind.MoreMessages) : selection;
}

/** Bit k for kind k. */
export function maskOf(kinds: readonly EventKind[]): number {
  return kinds.reduce((mask, kind) => mask | (1 << kind), 0);
}
