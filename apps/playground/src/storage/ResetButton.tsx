import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isBusyPhase, type Session } from "../run/session.ts";
import type { ProjectStorage } from "./projectStorage.ts";

export interface ResetButtonProps {
  readonly storage: ProjectStorage;
  readonly session: Session;
  /** Called when everything is gone. */
  readonly onDone?: () => void;
}

/** Deletes all files and databases of a project, when it was asked twice. */
export function ResetButton({ storage, session, onDone }: ResetButtonProps) {
  const isBusy = isBusyPhase(session.phase.value);
  const isAsking = useSignal(false);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking.value) confirm.current?.focus();
  }, [isAsking.value]);
  if (!isAsking.value) {
    return (
      <button
        type="button"
        data-testid="storage-reset"
        disabled={isBusy}
        title={isBusy ? "When the run has ended" : "Delete all files and databases of this project"}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        Start afresh…
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a border and a legend; this is a question in a line
    <span class="storage-question" role="group" aria-label="Start afresh?">
      Delete all files and databases of “{storage.owner.value?.title}”?
      <button
        type="button"
        class="danger"
        ref={confirm}
        data-testid="storage-reset-confirm"
        disabled={isBusy}
        onClick={async () => {
          isAsking.value = false;
          await session.attempt(storage.startAfresh);
          onDone?.();
        }}
      >
        Delete all
      </button>
      <button
        type="button"
        onClick={() => {
          isAsking.value = false;
        }}
      >
        Keep
      </button>
    </span>
  );
}
