import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Panel } from "../app/Panel.tsx";
import type { Program } from "../programs/catalog.ts";
import type { SaveState } from "../project/library.ts";
import type { Workspace } from "../project/workspace.ts";
import { explainError } from "../run/plainError.ts";
import { ProjectEditor } from "./ProjectEditor.tsx";
import { ProjectMenu } from "./ProjectMenu.tsx";
import type { Workbench } from "./workbench.ts";

export interface ProjectPanelProps {
  readonly program: Program;
  readonly workbench: Workbench;
}

/** A program with a project: its files, to be edited. */
export function ProjectPanel({ program, workbench }: ProjectPanelProps) {
  const { library } = workbench;
  const opened = useSignal<Workspace | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const { name, own, loadProject } = program;
    if (!loadProject) return;
    library.workspaceOf({ name, own, loadProject }).then(
      (workspace) => {
        opened.value = workspace;
      },
      (thrown: unknown) => {
        failure.value = explainError(thrown).detail;
      },
    );
  }, [program, library, opened, failure]);
  const workspace = opened.value;
  return (
    <Panel
      title={program.title}
      area="source-panel"
      facts={
        workspace && <SaveFact workspace={workspace} state={library.saveState.value} program={program} />
      }
      actions={<ProjectMenu workbench={workbench} open={workspace && { program, workspace }} />}
    >
      {program.description !== "" && <p class="description">{program.description}</p>}
      {failure.value !== undefined && <p class="description">{failure.value}</p>}
      {workspace && <ProjectEditor workspace={workspace} workbench={workbench} />}
    </Panel>
  );
}

interface SaveFactProps {
  readonly workspace: Workspace;
  readonly state: SaveState;
  readonly program: Program;
}

function SaveFact({ workspace, state, program }: SaveFactProps) {
  const isKept = workspace.isModified.value || program.own !== undefined;
  return (
    <span
      data-testid="save-state"
      data-state={state}
      title={SAVE_TITLES[state]}
      class={state === "failed" ? "loss" : ""}
    >
      {state === "failed" || isKept ? SAVE_TEXTS[state] : ""}
    </span>
  );
}

const SAVE_TEXTS: Readonly<Record<SaveState, string>> = {
  saved: "saved",
  saving: "saving…",
  failed: "not saved",
};
const SAVE_TITLES: Readonly<Record<SaveState, string>> = {
  saved: "Your edits are in this browser's storage and nowhere else",
  saving: "Your edits are on their way to this browser's storage",
  failed:
    "This browser keeps no data for this page: your edits are lost when you close it. Download the project.",
};
