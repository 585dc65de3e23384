import { AskButton } from "../app/AskButton.tsx";
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
  return (
    <AskButton
      label="Start afresh…"
      question={`Delete all files and databases of “${storage.owner.value?.title}”?`}
      confirmLabel="Delete all"
      testId="storage-reset"
      isDisabled={isBusy}
      title={isBusy ? "When the run has ended" : undefined}
      onConfirm={async () => {
        await session.attempt(storage.startAfresh);
        onDone?.();
      }}
    />
  );
}
