import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

const KEYS: readonly (readonly [part: string, keys: readonly (readonly [string, string])[]])[] = [
  [
    "Everywhere",
    [
      ["Ctrl+Enter or ⌘+Enter", "run the program"],
      ["F8", "pauses it, and lets it go on"],
      ["F10, F9", "let one process run on, or all until a message moves"],
      ["Tab", "from part to part; arrow keys within one"],
      ["?", "this list"],
    ],
  ],
  [
    "Files and text",
    [
      ["← →", "from file to file"],
      ["F2, Delete", "rename, delete the file"],
      ["Ctrl+M", "lets Tab leave the editor"],
      ["F1", "all that the editor can do"],
    ],
  ],
  [
    "Tree",
    [
      ["arrow keys", "parent, children, siblings"],
      ["Enter", "folds and opens"],
      ["+ − 0", "larger, smaller, everything"],
      ["Delete", "kills the chosen process"],
      ["Escape", "chooses none"],
    ],
  ],
  [
    "Sequence",
    [
      ["↑ ↓, Page, Home, End", "from message to message"],
      ["← →", "to other processes"],
      ["Enter", "shows that moment in all parts"],
      ["+ −", "larger, smaller"],
    ],
  ],
  [
    "Text and table",
    [
      ["↑ ↓, Page, Home, End", "from process to process"],
      ["← →", "folds and opens, in the text"],
      ["Delete", "kills the chosen process"],
    ],
  ],
  [
    "Time line",
    [
      ["← → , with Shift", "a hundredth, a tenth of the run"],
      [", .", "one event back, one on"],
      ["Home, End", "start, now"],
      ["Space", "replays from here"],
    ],
  ],
  [
    "Lines between parts",
    [
      ["arrow keys", "move them"],
      ["Enter", "puts them back"],
    ],
  ],
];

/** Where one types, a question mark is a question mark. */
const TYPED_INTO = "input, textarea, select, [contenteditable], .monaco-editor";

/** A button, and the list of keys that it opens, as "?" does. */
export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = useSignal(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : undefined;
      if (event.key !== "?" || event.defaultPrevented || target?.closest(TYPED_INTO)) return;
      event.preventDefault();
      isOpen.value = true;
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [isOpen]);
  useEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
  }, [isOpen.value]);
  return (
    <>
      <button
        type="button"
        class="icon keys-button"
        data-testid="keys"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        ?
      </button>
      {isOpen.value && (
        <dialog
          class="dialog keys-dialog"
          ref={dialog}
          aria-labelledby="keys-title"
          onClose={() => {
            isOpen.value = false;
          }}
        >
          <h3 id="keys-title">Keys</h3>
          <section
            class="keys"
            aria-labelledby="keys-title"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
            tabIndex={0}
          >
            {KEYS.map(([part, keys]) => (
              <div class="keys-part" key={part}>
                <h4>{part}</h4>
                <dl>
                  {keys.map(([key, does]) => (
                    <div key={key}>
                      <dt>
                        <kbd>{key}</kbd>
                      </dt>
                      <dd>{does}</dd>
                    </div>
                  ))}
                </dl>
              </div>
            ))}
          </section>
          <div class="dialog-buttons">
            <button type="button" onClick={() => dialog.current?.close()}>
              Close
            </button>
          </div>
        </dialog>
      )}
    </>
  );
}
