import type { Subscription } from "../inspect/subscription.ts";
import type { InspectOptions } from "./types.ts";

/** What several subscribers want together; undefined if there are none. */
export function subscriptionOf(wishes: readonly InspectOptions[]): Subscription | undefined {
  if (wishes.length === 0) return undefined;
  const lists = wishes.map(({ kinds }) => kinds);
  const kinds = lists.includes(undefined) ? ("all" as const) : [...new Set(lists.flatMap((each) => each!))];
  return { kinds, detail: wishes.some(({ detail }) => detail === "full") ? "full" : "sampled" };
}
