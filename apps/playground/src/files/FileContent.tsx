import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AskButton } from "../app/AskButton.tsx";
import { formatBytes } from "../view/format.ts";
import { payloadLines } from "../view/inspector/payloadText.ts";
import { type Chosen, type FileDesk, MAX_PREVIEW_BYTES } from "./fileDesk.ts";

/** Of a file that is no text, so much is shown as a hex dump. */
const DUMPED_BYTES = 2_048;

interface FileContentProps {
  readonly desk: FileDesk;
  /** The process that the view is about. */
  readonly focus: Signal<number | undefined>;
}

/** The chosen file: what is in it, who has it open; text can be edited. */
export function FileContent({ desk, focus }: FileContentProps) {
  const chosen = desk.chosen.value;
  const name = useSignal("");
  useEffect(() => {
    name.value = chosen?.path.split("/").at(-1) ?? "";
  }, [chosen?.path, name]);
  if (chosen === undefined) return <p class="empty-hint">Choose a file to look into it.</p>;
  return (
    <section class="file-content" aria-label={chosen.path} data-testid="file-content">
      <div class="storage-bar">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void desk.rename(name.value);
          }}
        >
          <input
            type="text"
            aria-label="Name"
            data-testid="file-name"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
          <button type="submit" data-testid="file-rename">
            Rename
          </button>
        </form>
        <AskButton
          key={chosen.path}
          label="Delete"
          question={chosen.kind === "directory" ? "Delete it and all that is in it?" : "Delete it?"}
          confirmLabel="Delete"
          testId="file-delete"
          onConfirm={() => void desk.remove()}
        />
      </div>
      <Holders chosen={chosen} focus={focus} />
      {chosen.kind === "file" && <Content key={chosen.path} chosen={chosen} desk={desk} />}
    </section>
  );
}

function Holders({
  chosen: { holders },
  focus,
}: Pick<FileContentProps, "focus"> & { readonly chosen: Chosen }) {
  if (holders.length === 0) return <p class="description">No process has it open.</p>;
  return (
    <p class="description" data-testid="file-holders">
      Open in{" "}
      {holders.map(({ environment, pid }) => (
        <button
          key={`${environment} ${pid}`}
          type="button"
          class="link"
          onClick={() => {
            focus.value = pid;
          }}
        >
          process {pid}
        </button>
      ))}
    </p>
  );
}

function Content({ chosen, desk }: { readonly chosen: Chosen; readonly desk: FileDesk }) {
  const draft = useSignal<string | undefined>(undefined);
  /** What the draft began as: a program may write meanwhile. */
  const base = useSignal<string | undefined>(undefined);
  if (chosen.text === undefined) return <Dump chosen={chosen} />;
  const isChanged = draft.value !== undefined && draft.value !== chosen.text;
  return (
    <form
      class="file-editor"
      onSubmit={(event) => {
        event.preventDefault();
        const saved = draft.value;
        if (saved === undefined) return;
        void desk.save(saved).then(() => {
          // What was typed meanwhile, or could not be written, is still a draft.
          if (draft.value === saved && desk.error.value === undefined) draft.value = undefined;
        });
      }}
    >
      <textarea
        aria-label="Content"
        data-testid="file-text"
        spellcheck={false}
        value={draft.value ?? chosen.text}
        onInput={(event) => {
          if (draft.value === undefined) base.value = chosen.text;
          draft.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      {isChanged && base.value !== chosen.text && (
        <p class="storage-error" role="status" data-testid="file-changed">
          A program has written to it since you began. To save replaces that.
        </p>
      )}
      <span class="storage-bar">
        <button type="submit" data-testid="file-save" disabled={!isChanged}>
          Save
        </button>
        {isChanged && (
          <button
            type="button"
            data-testid="file-revert"
            onClick={() => {
              draft.value = undefined;
            }}
          >
            Revert
          </button>
        )}
      </span>
    </form>
  );
}

function Dump({ chosen: { bytes, sizeBytes } }: { readonly chosen: Chosen }) {
  const shown = bytes.subarray(0, DUMPED_BYTES);
  return (
    <>
      <p class="description">
        {sizeBytes > MAX_PREVIEW_BYTES ? "Too large to be edited here" : "No text"};{" "}
        {shown.length < sizeBytes ? `the first ${formatBytes(shown.length)}` : "all of it"}:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <pre class="file-dump" tabIndex={0}>
        {payloadLines(shown)
          .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(23)}  ${text}`)
          .join("\n")}
      </pre>
    </>
  );
}
