import type { Signal } from "@preact/signals";
import type { ViewPart } from "./panelRegistry.ts";

export interface TabBarProps {
  readonly label: string;
  readonly parts: readonly ViewPart[];
  /** Id of the chosen part. */
  readonly chosen: Signal<string>;
}

/** Which one of several parts is shown; arrow keys choose too. */
export function TabBar({ label, parts, chosen }: TabBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const index = parts.findIndex(({ id }) => id === chosen.value) + step;
    const next = parts[(index + parts.length) % parts.length]!;
    chosen.value = next.id;
    document.getElementById(`tab-${next.id}`)?.focus();
    event.preventDefault();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {parts.map(({ id, title }) => (
        <button
          type="button"
          role="tab"
          key={id}
          id={`tab-${id}`}
          data-testid={`tab-${id}`}
          aria-selected={chosen.value === id}
          tabIndex={chosen.value === id ? 0 : -1}
          onClick={() => {
            chosen.value = id;
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
