import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface AskButtonProps {
  readonly label: string;
  /** What is asked before it is done. */
  readonly question: string;
  readonly confirmLabel: string;
  readonly testId: string;
  readonly isDisabled?: boolean;
  readonly title?: string | undefined;
  readonly onConfirm: () => void;
}

/** A button for what cannot be undone: it asks first, in its own place. */
export function AskButton(props: AskButtonProps) {
  const { label, question, confirmLabel, testId, isDisabled = false, title, onConfirm } = props;
  const isAsking = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking.value) confirm.current?.focus();
  }, [isAsking.value]);
  const keep = () => {
    isAsking.value = false;
    // The button comes back with the next render.
    setTimeout(() => button.current?.focus());
  };
  if (!isAsking.value) {
    return (
      <button
        type="button"
        class="danger"
        ref={button}
        data-testid={testId}
        disabled={isDisabled}
        title={title}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {label}
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a border and a legend; this is a question in a line
    <span
      class="ask"
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        keep();
      }}
    >
      <span>{question}</span>
      <button
        type="button"
        class="danger"
        ref={confirm}
        data-testid={`${testId}-confirm`}
        disabled={isDisabled}
        onClick={() => {
          isAsking.value = false;
          onConfirm();
        }}
      >
        {confirmLabel}
      </button>
      <button type="button" data-testid={`${testId}-keep`} onClick={keep}>
        Keep
      </button>
    </span>
  );
}
