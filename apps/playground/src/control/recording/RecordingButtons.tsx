import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { offerFile } from "../../app/offerFile.ts";
import type { Session } from "../../run/session.ts";
import { EXTENSION, openRecordingFile, recordingOf } from "./recordingFile.ts";

/** Saves what is remembered of the run as a file, and opens such a file. */
export function RecordingButtons({ session }: { readonly session: Session }) {
  session.frames.frame.value;
  const isBusy = useSignal(false);
  const input = useRef<HTMLInputElement>(null);

  const busily = async (action: () => Promise<void>) => {
    isBusy.value = true;
    await action();
    isBusy.value = false;
  };
  const save = () => busily(() => session.attempt(async () => offer(await recordingOf(session))));
  const open = (file: File | undefined) => file && busily(() => openRecordingFile(file, session));

  return (
    <fieldset class="recording-buttons" aria-label="Recording">
      <button
        type="button"
        data-testid="save-recording"
        disabled={isBusy.value || session.history.end === 0}
        title="Save this run as a file, to look at it again or to show it to somebody"
        onClick={() => void save()}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path
            d="M6 1v6.4M3.2 5 6 7.8 8.8 5M1.5 10.5h9"
            fill="none"
            stroke="currentColor"
            stroke-width="1.4"
          />
        </svg>
        Save run
      </button>
      <button
        type="button"
        data-testid="open-recording"
        disabled={isBusy.value}
        title={`Open a saved run (${EXTENSION}); it can be dropped on the page, too`}
        onClick={() => input.current!.click()}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d="M1 10V2.2h3.4l1.2 1.4H11V10Z" fill="none" stroke="currentColor" stroke-width="1.3" />
        </svg>
        Open run
      </button>
      <label class="visually-hidden">
        A saved run
        <input
          ref={input}
          type="file"
          accept={EXTENSION}
          tabIndex={-1}
          data-testid="recording-file"
          onChange={(event) => {
            const { files } = event.currentTarget;
            void open(files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
    </fieldset>
  );
}

function offer(file: File): void {
  offerFile(file.name, file);
}
