import type { Workspace } from "../project/workspace.ts";

/** Takes back the last big change. */
export function UndoBar({ workspace }: { readonly workspace: Workspace }) {
  const change = workspace.undoable.value;
  return (
    <div role="status">
      {change && (
        <p class="undo-bar">
          {change.title}.
          <button type="button" class="link" data-testid="undo" onClick={change.undo}>
            Undo
          </button>
          <button
            type="button"
            class="quiet"
            aria-label="Dismiss"
            onClick={() => workspace.dismissUndoable()}
          >
            ×
          </button>
        </p>
      )}
    </div>
  );
}
