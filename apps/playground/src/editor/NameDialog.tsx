import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { explainError } from "../run/plainError.ts";

export interface NameQuestion {
  readonly title: string;
  readonly proposal: string;
  readonly placeholder: string;
  /** @throws what is wrong with the name, which is shown; the dialog then stays */
  readonly answer: (name: string) => void;
}

/** Asks for a name; open while there is a question. */
export function NameDialog({ question }: { readonly question: Signal<NameQuestion | undefined> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const failure = useSignal<string | undefined>(undefined);
  const asked = question.value;
  useEffect(() => {
    if (!asked) return;
    failure.value = undefined;
    dialog.current?.showModal();
    input.current?.select();
  }, [asked, failure]);
  if (!asked) return null;
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby="name-title"
      onClose={() => {
        question.value = undefined;
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          try {
            asked.answer(input.current?.value ?? "");
            dialog.current?.close();
          } catch (thrown) {
            failure.value = explainError(thrown).detail;
          }
        }}
      >
        <label class="field">
          <h3 id="name-title">{asked.title}</h3>
          <input
            ref={input}
            type="text"
            data-testid="name"
            defaultValue={asked.proposal}
            placeholder={asked.placeholder}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            aria-invalid={failure.value !== undefined}
            aria-describedby="name-failure"
          />
        </label>
        <p id="name-failure" class="failure" role="alert">
          {failure.value}
        </p>
        <div class="dialog-buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="primary">
            OK
          </button>
        </div>
      </form>
    </dialog>
  );
}
