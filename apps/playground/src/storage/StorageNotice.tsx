import type { ComponentChildren } from "preact";
import { isBusyPhase, type Session } from "../run/session.ts";
import type { ProjectStorage } from "./projectStorage.ts";
import { ResetButton } from "./ResetButton.tsx";

export interface StorageNoticeProps {
  readonly storage: ProjectStorage;
  readonly session: Session;
}

/** What a visitor has to know of the files and databases of his project, wherever on the page he looks. */
export function StorageNotice({ storage, session }: StorageNoticeProps) {
  const isBusy = isBusyPhase(session.phase.value);
  const place = storage.place.value;
  const title = storage.owner.value?.title ?? "";
  const why = place?.kind === "memory" ? place.why : undefined;
  const lostOf = storage.lostOf.value;
  return (
    <>
      {why === "taken" && (
        <Notice>
          Another tab has “{title}” open, with its files and databases. Here it begins with none, and what it
          writes is gone with this tab. Close the other tab to have them here.
        </Notice>
      )}
      {why === "free" && (
        <Notice>
          The other tab with “{title}” is closed. What was kept can be had here, instead of what this tab has
          in memory.
          <button
            type="button"
            data-testid="storage-take-over"
            disabled={isBusy}
            title={isBusy ? "When the run has ended" : undefined}
            onClick={() => void session.attempt(storage.takeOver)}
          >
            Use what was kept
          </button>
        </Notice>
      )}
      {place?.kind === "memory" && why === "damaged" && (
        <Notice isBad>
          The files of “{title}” cannot be read, so it has none now: {place.detail}
          <ResetButton storage={storage} session={session} />
        </Notice>
      )}
      {storage.isFull.value && (
        <Notice isBad>
          The browser gives this site no more storage. What “{title}” writes is refused until there is room:
          delete files, here or in other projects, or free space on the disk.
        </Notice>
      )}
      {lostOf !== undefined && (
        <Notice isBad>
          The browser’s storage was full: what “{lostOf}” changed last was not kept.
          <button type="button" class="quiet" aria-label="Dismiss notice" onClick={storage.dismissLoss}>
            ×
          </button>
        </Notice>
      )}
    </>
  );
}

interface NoticeProps {
  readonly isBad?: boolean;
  readonly children: ComponentChildren;
}

function Notice({ isBad = false, children }: NoticeProps) {
  return (
    <div
      class={isBad ? "storage-notice bad" : "storage-notice"}
      role={isBad ? "alert" : "status"}
      data-testid="storage-notice"
    >
      {children}
    </div>
  );
}
