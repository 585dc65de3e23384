/**
 * `foreign`: no recording at all. `newer`: of a later version. `truncated`: the file ends too early. `damaged`: what is
 * there was not written so. `tooLarge`: beyond what is taken in.
 */
export type RecordingErrorKind = "foreign" | "newer" | "truncated" | "damaged" | "tooLarge";

const ADVICE: Readonly<Record<RecordingErrorKind, string>> = {
  foreign: "choose a file that was saved as a recording",
  newer: "open it with the version that saved it, or a later one",
  truncated: "it was not copied or downloaded as a whole; get it again",
  damaged: "get it again from where it was saved",
  tooLarge: "save a shorter run",
};

/** A file that cannot be opened as a recording. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
  readonly kind: RecordingErrorKind;
  /** Where in the file it shows, in bytes. */
  readonly byteOffset: number;
  /** What was found, without place and advice. */
  readonly finding: string;

  constructor(kind: RecordingErrorKind, finding: string, byteOffset: number) {
    super(`Cannot open the recording: ${finding} (at byte ${byteOffset}); ${ADVICE[kind]}`);
    this.kind = kind;
    this.finding = finding;
    this.byteOffset = byteOffset;
  }
}
