import type { Signal } from "@preact/signals";

/** One of the parts of the page; where it is narrow only one is shown. */
export type Pane = "lesson" | "editor" | "view" | "console";

const PANES: readonly (readonly [Pane, string])[] = [
  ["lesson", "Lesson"],
  ["editor", "Program"],
  ["view", "Processes"],
  ["console", "Console"],
];

/** At the lower edge of narrow pages: which part is shown. */
export function PaneTabs({ pane, panes }: { readonly pane: Signal<Pane>; readonly panes: readonly Pane[] }) {
  if (panes.length < 2) return null;
  return (
    <nav class="pane-tabs" aria-label="Parts of the page">
      {PANES.filter(([id]) => panes.includes(id)).map(([id, title]) => (
        <button
          type="button"
          key={id}
          data-testid={`pane-${id}`}
          aria-current={pane.value === id ? "true" : undefined}
          onClick={() => {
            pane.value = id;
          }}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
