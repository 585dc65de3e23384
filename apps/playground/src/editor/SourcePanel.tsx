import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Panel } from "../app/Panel.tsx";
import type { Program } from "../programs/catalog.ts";
import { explainError } from "../run/plainError.ts";
import { formatBytes, formatDuration } from "../view/format.ts";
import { highlightRustLines } from "./highlightRust.ts";
import { ProjectMenu } from "./ProjectMenu.tsx";
import { ProjectPanel } from "./ProjectPanel.tsx";
import { SourceText } from "./SourceText.tsx";
import type { Token } from "./token.ts";
import type { Workbench } from "./workbench.ts";

/** The chosen program: what it shows, and its project to edit or its Rust source to read. */
export function SourcePanel({ workbench }: { readonly workbench: Workbench }) {
  const program = workbench.selection.selected.value;
  if (program?.loadProject)
    return <ProjectPanel key={program.name} program={program} workbench={workbench} />;
  return (
    <Panel
      title={program?.title ?? "Program"}
      area="source-panel"
      actions={<ProjectMenu workbench={workbench} />}
    >
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
  if (failure !== undefined) {
    return (
      <p class="description" data-testid="source-failure">
        {failure}
      </p>
    );
  }
  return <SourceText lines={lines} label={`Rust source of ${title}`} />;
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
