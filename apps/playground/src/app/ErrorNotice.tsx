import type { ProgramSelection } from "../programs/selection.ts";
import { explainError } from "../run/plainError.ts";
import type { Session } from "../run/session.ts";

/** What went wrong with the visitor's last action, where he looks after it: right under the buttons. */
export function ErrorNotice({ session, selection }: { session: Session; selection: ProgramSelection }) {
  const unread = selection.error.value;
  const error = session.error.value ?? (unread === undefined ? undefined : explainError(unread));
  if (!error) return null;
  return (
    <div class="error-notice" role="alert">
      <p data-testid="error">
        <strong>{error.title}.</strong> {error.detail}
      </p>
      {session.error.value && (
        <button type="button" class="quiet" aria-label="Dismiss error" onClick={session.dismissError}>
          ×
        </button>
      )}
    </div>
  );
}
