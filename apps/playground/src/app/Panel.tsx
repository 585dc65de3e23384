import type { ComponentChildren } from "preact";

export interface PanelProps {
  readonly title: string;
  /** Names the panel's place in the layout, a class. */
  readonly area: string;
  /** Small facts beside the title. */
  readonly facts?: ComponentChildren;
  /** Buttons and fields at the right of the title. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled region of the page; every view lives in one. */
export function Panel({ title, area, facts, actions, children }: PanelProps) {
  const id = `${area}-title`;
  return (
    <section class={`panel ${area}`} aria-labelledby={id}>
      <div class="panel-bar">
        <h2 id={id}>{title}</h2>
        {facts !== undefined && <span class="facts">{facts}</span>}
        {actions !== undefined && <div class="actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
