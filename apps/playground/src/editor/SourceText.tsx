import type { ComponentChildren } from "preact";
import type { Token } from "./token.ts";

export interface SourceTextProps {
  readonly lines: readonly (readonly Token[])[] | undefined;
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly children?: ComponentChildren;
}

/** Coloured source to read. */
export function SourceText({ lines, label, children }: SourceTextProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1)
    <section class="source" tabIndex={0} aria-label={label} data-testid="source">
      {children}
      <pre>
        <code>
          {lines?.map((tokens, index) => (
            <span class="source-line" key={index}>
              {tokens.map(({ kind, text }) =>
                kind === "plain" ? text : <span class={`syntax-${kind}`}>{text}</span>,
              )}
              {"\n"}
            </span>
          ))}
        </code>
      </pre>
    </section>
  );
}
