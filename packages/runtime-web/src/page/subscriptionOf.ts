import { EventKind } from "../inspect/events.ts";
import type { Subscription } from "../inspect/subscription.ts";
import type { InspectOptions } from "./types.ts";

/** What several subscribers want together; undefined if there are none. */
export function subscriptionOf(wishes: readonly InspectOptions[]): Subscription | undefined {
  if (wishes.length === 0) return undefined;
  const lists = wishes.map(({ kinds }) => kinds);
  const kinds = lists.includes(undefined) ? ("all" as const) : [...new Set(lists.flatMap((each) => each!))];
  return { kinds, detail: wishes.some(({ detail }) => detail === "full") ? "full" : "sampled" };
}

/** Which kinds a subscriber gets, as bits: with messages comes how many were left out. @param kinds undefined: all */
export function selectionOf(kinds: readonly EventKind[] | undefined): number {
  if (kinds === undefined) return -1;
  const selection = kinds.reduce((mask, kind) => mask | (1 << kind), 0);
  const hasMessages = (selection & (1 << EventKind.MessageSent)) !== 0;
  return hasMessages ? selection | (1 << EventKind.MoreMessages) : selection;
}
