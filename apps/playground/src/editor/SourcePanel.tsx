import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Panel } from "../app/Panel.tsx";
import type { Program } from "../programs/catalog.ts";
import type { ProgramSelection } from "../programs/selection.ts";
import { explainError } from "../run/plainError.ts";
import { formatBytes, formatDuration } from "../view/format.ts";
import { highlightRustLines, type Token } from "./highlightRust.ts";

/** The chosen program: what it shows and its Rust source. */
export function SourcePanel({ selection }: { readonly selection: ProgramSelection }) {
  const program = selection.selected.value;
  return (
    <Panel title={program?.title ?? "Program"} area="source-panel">
      {program && <p class="description">{program.description}</p>}
      {program?.loadSource && <Source key={program.name} load={program.loadSource} title={program.title} />}
      {program?.compiled && <ModuleFacts program={program} />}
    </Panel>
  );
}

type Loaded = { readonly lines?: readonly (readonly Token[])[]; readonly failure?: string };

function Source({ load, title }: { load: () => Promise<string>; title: string }) {
  const loaded = useSignal<Loaded>({});
  useEffect(() => {
    load().then(
      (source) => {
        loaded.value = { lines: highlightRustLines(source.trimEnd()) };
      },
      (thrown: unknown) => {
        loaded.value = { failure: explainError(thrown).detail };
      },
    );
  }, [load, loaded]);
  const { lines, failure } = loaded.value;
  if (failure !== undefined) return <p class="description">{failure}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1)
    <section class="source" tabIndex={0} aria-label={`Rust source of ${title}`} data-testid="source">
      <pre>
        <code>
          {lines?.map((tokens, index) => (
            <span class="source-line" key={index}>
              {tokens.map(({ kind, text }) =>
                kind === "plain" ? text : <span class={`rust-${kind}`}>{text}</span>,
              )}
              {"\n"}
            </span>
          ))}
        </code>
      </pre>
    </section>
  );
}

function ModuleFacts({ program }: { readonly program: Program }) {
  const { sizeBytes, instrumentedSizeBytes, instrumentMs, entries } = program.compiled!;
  return (
    <dl class="module-facts">
      <dt>Size</dt>
      <dd>
        {formatBytes(sizeBytes)}, {formatBytes(instrumentedSizeBytes)} instrumented
      </dd>
      <dt>Prepared in</dt>
      <dd>{instrumentMs === 0 ? "no time: it was in the cache" : formatDuration(instrumentMs)}</dd>
      <dt>Entries</dt>
      <dd>{entries.length === 0 ? "none" : entries.join(", ")}</dd>
    </dl>
  );
}
