import { openRecording, type RecordingInfo, saveRecording } from "@lunatic-web/runtime/inspect";
import { describeExit } from "../../run/describeExit.ts";
import type { Session } from "../../run/session.ts";

/** By which a recording is known when it is dropped. */
export const EXTENSION = ".lwrec";
/** Larger ones are no recording of this page, which keeps 64 MiB of a run and packs them. */
const MAX_FILE_BYTES = 256 * 2 ** 20;

/** The run that is shown, as far as it is remembered. */
export async function recordingOf(session: Session): Promise<File> {
  const info = infoOf(session);
  const lines = session.output.lines.map(({ pid, kind, text, timeMs }) => ({ pid, kind, text, timeMs }));
  const bytes = await saveRecording({ info, history: session.history, lines });
  return new File([bytes], fileName(info), { type: "application/octet-stream" });
}

/** Shows a recording in place of the run; what is wrong with it is shown otherwise. */
export function openRecordingFile(file: File, session: Session): Promise<void> {
  return session.attempt(async () => {
    if (file.size > MAX_FILE_BYTES)
      throw new RecordingFileError(`${file.name} is too large for a recording.`);
    const recording = await openRecording(new Uint8Array(await file.arrayBuffer())).catch(
      (error: unknown): never => {
        if (error instanceof Error && error.name === "RecordingError") {
          throw new RecordingFileError(`${file.name}: ${error.message}`);
        }
        throw error;
      },
    );
    await session.showRecording(recording);
  });
}

/** Takes a recording out of what was dropped on the page. @returns false: there is none */
export function takeRecording(files: readonly File[], session: Session): boolean {
  const file = files.find(({ name }) => name.toLowerCase().endsWith(EXTENSION));
  if (!file) return false;
  void openRecordingFile(file, session);
  return true;
}

/** A file that cannot be shown as a recording. */
export class RecordingFileError extends Error {
  override readonly name = "RecordingFileError";
}

function infoOf(session: Session): RecordingInfo {
  const shown = session.recording.value;
  // A recording that is saved once more stays what it was.
  if (shown) return shown;
  const { args = [], seed } = session.started.value ?? {};
  const exit = session.exit.value;
  return {
    program: session.program.value?.title ?? "",
    args,
    savedMs: Date.now(),
    ...(exit && { exit: describeExit(exit) }),
    ...(seed !== undefined && { seed }),
  };
}

/** "The night watch" → "the-night-watch.lwrec" */
export function fileName({ program }: Pick<RecordingInfo, "program">): string {
  const name = program
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return `${name || "run"}${EXTENSION}`;
}
