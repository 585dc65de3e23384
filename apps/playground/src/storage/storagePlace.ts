import type { Backing } from "@lunatic-web/runtime";

/** Why files and databases are in memory only. */
export type WhyInMemory =
  /** The page is another one's part, which keeps nothing. */
  | "embedded"
  /** A lesson begins anew whenever it is opened. */
  | "lesson"
  /** The run is deterministic: what earlier ones have left must not change its events. */
  | "repeatable"
  /** Another tab has the same project. */
  | "taken"
  /** It has none any more, and they may be had here too, instead of what there is in memory. */
  | "free"
  /** What was kept cannot be read. */
  | "damaged"
  /** The browser keeps nothing for this page. */
  | "unavailable";

/** Where the files and databases of a project are. */
export type StoragePlace =
  | { readonly kind: "kept"; readonly backing: Backing }
  /** `detail`: the runtime's reason, a sentence. */
  | { readonly kind: "memory"; readonly why: WhyInMemory; readonly detail?: string };

/** Where they are, in words; why, if nothing is kept. */
export function describePlace(place: StoragePlace): string {
  if (place.kind === "kept") {
    return `Kept in this browser (${place.backing === "opfs" ? "OPFS" : "IndexedDB"})`;
  }
  return `In memory only: ${REASONS[place.why]}${place.why === "unavailable" ? reason(place.detail) : ""}`;
}

const REASONS: Readonly<Record<WhyInMemory, string>> = {
  embedded: "a program in the frame of another page keeps nothing",
  lesson: "a lesson begins anew whenever it is opened",
  repeatable: "a repeatable run begins with nothing, and leaves nothing",
  taken: "another tab has this project open",
  free: "another tab had this project open",
  damaged: "what was kept is damaged",
  unavailable: "the browser keeps nothing for this page",
};

function reason(detail: string | undefined): string {
  return detail === undefined ? "" : ` (${detail})`;
}
