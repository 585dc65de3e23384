import { useSignal } from "@preact/signals";
import type { Offline } from "./offline.ts";

/** Tells of a newer version, which the visitor may have at once. */
export function UpdateNotice({ offline }: { readonly offline: Offline }) {
  const isDismissed = useSignal(false);
  const update = offline.update.value;
  if (update === "none" || isDismissed.value) return null;
  return (
    <div class="update-notice" role="status" data-testid="update">
      <p>
        {update === "ready"
          ? "A new version of the playground is here. It takes over at your next visit."
          : "The new version takes over when the playground's other tabs are closed."}
      </p>
      {update === "ready" && (
        <button type="button" data-testid="update-now" onClick={offline.takeOver}>
          Load it now
        </button>
      )}
      <button
        type="button"
        class="quiet"
        aria-label="Dismiss notice"
        onClick={() => {
          isDismissed.value = true;
        }}
      >
        ×
      </button>
    </div>
  );
}
