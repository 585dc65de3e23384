import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { explainError } from "../run/plainError.ts";
import { isBusyPhase } from "../run/session.ts";
import { formatBytes } from "../view/format.ts";
import type { ViewContext } from "../view/viewContext.ts";
import { ResetButton } from "./ResetButton.tsx";
import { describePlace } from "./storagePlace.ts";
import "../style/storage.css";

export interface StorageRoomProps {
  readonly context: ViewContext;
  readonly onReset: () => void;
  readonly children: ComponentChildren;
}

/**
 * Opens the files and databases of the project that the visitor looks at, and says whose they are, where they are kept, and
 * how much room there is. While something runs there are only those of what runs.
 */
export function StorageRoom({ context: { session, workbench }, onReset, children }: StorageRoomProps) {
  const { storage, selection } = workbench;
  const phase = session.phase.value;
  const isBusy = isBusyPhase(phase);
  const running = isBusy ? session.program.value : undefined;
  const wanted = running ?? selection.selected.value;
  const owner = storage.owner.value;
  const place = storage.place.value;
  const isThere = place !== undefined && owner?.name === wanted?.name;
  const failure = useSignal<string | undefined>(undefined);
  useEffect(() => {
    if (isThere || isBusy || wanted === undefined) return;
    failure.value = undefined;
    storage.openToLook(wanted).catch((thrown: unknown) => {
      failure.value = explainError(thrown).detail;
    });
  }, [storage, wanted, isBusy, isThere, failure]);
  if (failure.value !== undefined) {
    return (
      <p class="storage-error" role="alert">
        {failure.value}
      </p>
    );
  }
  if (!isThere) {
    return (
      <p class="empty-hint">
        {running === undefined || phase !== "running"
          ? "Opening the files of this project…"
          : `“${running.title}” uses neither files nor databases. What is kept for it is shown when it has ended.`}
      </p>
    );
  }
  return (
    <>
      {children}
      <p class="storage-line" data-testid="storage-place">
        <span>
          “{owner?.title}”: {describePlace(place)}
          {place.kind === "kept" && <Room storage={storage} />}
        </span>
        {place.kind === "memory" && place.why === "repeatable" && (
          <button
            type="button"
            data-testid="storage-show-kept"
            disabled={isBusy}
            onClick={() => void session.attempt(storage.takeOver)}
          >
            Show what is kept
          </button>
        )}
        <ResetButton key={owner?.name} storage={storage} session={session} onDone={onReset} />
      </p>
    </>
  );
}

function Room({ storage }: Pick<ViewContext["workbench"], "storage">) {
  const space = storage.space.space.value;
  if (space === undefined) return null;
  return (
    <>
      {` · this site uses ${formatBytes(space.usedBytes)}, ${formatBytes(space.freeBytes)} are free`}
      {!space.isProtected && (
        <span title="When the disk gets full. It has been asked not to, or will be after the next run that writes.">
          {" · the browser may clear it"}
        </span>
      )}
    </>
  );
}
