import type { Offline } from "./offline.ts";

/** Whether the page can do without its server. */
export function OfflineFact({ offline }: { readonly offline: Offline }) {
  const state = offline.state.value;
  return (
    <span data-testid="offline" data-state={state} title={offline.failure.value ?? TITLES[state]}>
      {state === "all" ? " · works offline" : ""}
    </span>
  );
}

const TITLES = {
  none: "",
  core: "The page is kept in this browser; the rest follows when you rest",
  all: "Every file of the playground is kept in this browser",
} as const;
