import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

export interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly testId: string;
}

/** A text to copy, by button or by hand. */
export function CopyField({ label, text, testId }: CopyFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const result = useSignal("");
  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      result.value = "Copied";
    } catch {
      // A page in a frame, or one without HTTPS, may not: the text is selected, so that the visitor can.
      result.value = "Press Ctrl+C";
    }
  };
  return (
    <div class="copy-field">
      <label class="field">
        <span>{label}</span>
        <input
          ref={input}
          type="text"
          readOnly
          value={text}
          data-testid={testId}
          onFocus={() => input.current?.select()}
        />
      </label>
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>
      <span role="status" class="copy-result">
        {result.value}
      </span>
    </div>
  );
}
