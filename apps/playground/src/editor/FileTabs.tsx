import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { isSource } from "../project/path.ts";
import type { Workspace } from "../project/workspace.ts";
import { explainError } from "../run/plainError.ts";
import { NameDialog, type NameQuestion } from "./NameDialog.tsx";

/** The files of a project, as tabs: arrow keys go along them, F2 renames, Delete deletes. */
export function FileTabs({ workspace }: { readonly workspace: Workspace }) {
  const question = useSignal<NameQuestion | undefined>(undefined);
  const notice = useSignal<string | undefined>(undefined);
  const bar = useRef<HTMLDivElement>(null);
  const { files, entry } = workspace.project.value;
  const active = workspace.active.value;
  const paths = [...files.keys()];

  const attempt = (change: () => void) => {
    notice.value = undefined;
    try {
      change();
    } catch (thrown) {
      notice.value = explainError(thrown).detail;
    }
  };
  const askName = () => {
    question.value = {
      title: "New file",
      proposal: "",
      placeholder: "worker.ts",
      answer: (name) => workspace.add(withEnding(name)),
    };
  };
  const askRename = (path: string) => {
    question.value = {
      title: `Rename ${path}`,
      proposal: path,
      placeholder: path,
      answer: (name) => workspace.rename(path, name),
    };
  };
  const onKey = (event: KeyboardEvent) => {
    const index = paths.indexOf(active);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: -1,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      const next = paths.at(step % paths.length);
      if (next !== undefined) workspace.open(next);
      // The tab that is now chosen is the one that Tab leads to.
      requestAnimationFrame(() => bar.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus());
    } else if (event.key === "F2") askRename(active);
    else if (event.key === "Delete") attempt(() => workspace.remove(active));
    else return;
    event.preventDefault();
  };

  return (
    <div class="files">
      <div class="file-bar">
        <div class="file-tabs" role="tablist" aria-label="Files" ref={bar} onKeyDown={onKey}>
          {paths.map((path) => (
            <button
              key={path}
              type="button"
              role="tab"
              class="file-tab"
              aria-selected={path === active}
              aria-controls="code-area"
              tabIndex={path === active ? 0 : -1}
              title={path === entry ? `${path}: the program begins here` : path}
              data-testid="file-tab"
              data-path={path}
              data-modified={workspace.modifiedPaths.value.has(path)}
              onClick={() => workspace.open(path)}
              onDblClick={() => askRename(path)}
            >
              {path}
              {workspace.modifiedPaths.value.has(path) && (
                <span class="modified" role="img" aria-label="modified">
                  ●
                </span>
              )}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="quiet"
          aria-label="New file"
          title="New file"
          data-testid="new-file"
          onClick={askName}
        >
          +
        </button>
        <div class="file-actions">
          {active !== entry && isSource(active) && (
            <button
              type="button"
              title={`Let the program begin with ${active}`}
              onClick={() => attempt(() => workspace.beginWith(active))}
            >
              Make entry
            </button>
          )}
          <button type="button" title="F2" onClick={() => askRename(active)}>
            Rename
          </button>
          <button
            type="button"
            disabled={active === entry}
            onClick={() => attempt(() => workspace.remove(active))}
          >
            Delete
          </button>
        </div>
      </div>
      {notice.value !== undefined && (
        <p class="file-notice" role="alert">
          {notice.value}
        </p>
      )}
      <NameDialog question={question} />
    </div>
  );
}

/** A name without an ending is that of a source. */
function withEnding(name: string): string {
  const trimmed = name.trim();
  return trimmed === "" || /\.[^/]+$/.test(trimmed) ? trimmed : `${trimmed}.ts`;
}
