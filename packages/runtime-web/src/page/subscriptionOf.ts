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

/** Whether a subscriber to some kinds gets this one: with messages comes how many were left out. */
export function isSelected(kind: EventKind, kinds: readonly EventKind[]): boolean {
  return (
    kinds.includes(kind === EventKind.MoreMessages ? EventKind.MessageSent : kind) || kinds.includes(kind)
  );
}
