import type { ActivityCounts } from "../activity.ts";
import { History, type HistoryOptions, type HistoryStart } from "../history.ts";
import { type Block, BlockKind, readBlocks } from "./container.ts";
import { type Fields, parseFields } from "./fields.ts";
import { readHistoryBlock } from "./historyBlock.ts";
import type { RecordedLine, Recording, RecordingInfo } from "./recording.ts";
import { RecordingError } from "./recordingError.ts";
import { decodeStart } from "./startBlock.ts";

/** Processes at one moment, ended ones that are kept included: a view of more helps nobody, and a file may claim any number. */
const MAX_PROCESSES = 200_000;
/** Twice what a history has of itself: what was saved from one of those is not cut once more. */
const LIMIT_BYTES = 128 * 2 ** 20;
const KINDS: readonly RecordedLine["kind"][] = ["stdout", "stderr", "notice"];

/**
 * Reads what `saveRecording` wrote. The history is complete: nothing follows.
 * @param file all of its bytes; anybody may have made them
 * @param options bounds of the history; beyond `limitBytes`, default 128 MiB, what is oldest is left out
 * @throws RecordingError it is no recording, of a later version, cut short, damaged or too large
 */
export async function openRecording(
  file: Uint8Array<ArrayBuffer>,
  options: HistoryOptions = {},
): Promise<Recording> {
  const reader = new RecordingReader(options);
  for await (const block of readBlocks(file)) reader.take(block);
  return reader.finish(file.length);
}

class RecordingReader {
  readonly #options: HistoryOptions;
  #info: (RecordingInfo & { readonly endedKept: number }) | undefined;
  #start: HistoryStart | undefined;
  #activity: ActivityCounts | undefined;
  #history: History | undefined;
  readonly #lines: RecordedLine[] = [];

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  take({ kind, bytes, offset }: Block): void {
    if (this.#info === undefined) {
      if (kind !== BlockKind.Info) throw misplaced("does not begin with what ran", offset);
      this.#info = decodeInfo(parseFields(bytes, "what ran", offset));
    } else if (kind === BlockKind.Start) {
      if (this.#start || this.#history) throw misplaced("has a start that is not at its start", offset);
      const { start, activity } = decodeStart(parseFields(bytes, "its start", offset));
      if (start.frame.processCount > MAX_PROCESSES) throw tooMany(offset);
      this.#start = start;
      this.#activity = activity;
    } else if (kind === BlockKind.History) this.#takeHistory(bytes, offset);
    else if (kind === BlockKind.Lines) {
      const lines = parseFields(bytes, "lines of the console", offset).objects("lines");
      for (const line of lines) this.#lines.push(decodeLine(line));
    }
    // Blocks of other kinds are of a later version that can do without them.
  }

  finish(offset: number): Recording {
    if (this.#info === undefined) throw misplaced("does not tell what ran", offset);
    const history = this.#open();
    if (!history.isFinished) history.close();
    if (this.#activity) history.activity.restore(this.#activity);
    const { endedKept: _, ...info } = this.#info;
    return { info, history, lines: this.#lines };
  }

  #takeHistory(bytes: Uint8Array<ArrayBuffer>, offset: number): void {
    const history = this.#open();
    for (const entry of readHistoryBlock(bytes, offset)) {
      if (history.isFinished) throw misplaced("goes on after its end", offset);
      if ("isEnd" in entry) {
        history.finish();
        continue;
      }
      const processes = history.live.processes.size + (entry.batch.snapshot?.processes.length ?? 0);
      if (processes > MAX_PROCESSES) throw tooMany(offset);
      history.apply(entry.batch);
    }
  }

  #open(): History {
    const endedKept = this.#options.endedKept ?? this.#info!.endedKept;
    this.#history ??= new History({ limitBytes: LIMIT_BYTES, ...this.#options, endedKept }, this.#start);
    return this.#history;
  }
}

function misplaced(finding: string, offset: number): RecordingError {
  return new RecordingError("damaged", `it ${finding}`, offset);
}

function tooMany(offset: number): RecordingError {
  return new RecordingError("tooLarge", `it has more than ${MAX_PROCESSES} processes at once`, offset);
}

function decodeInfo(fields: Fields): RecordingInfo & { readonly endedKept: number } {
  const exit = fields.optionalText("exit");
  const seed = fields.optionalWhole("seed");
  return {
    program: fields.text("program"),
    args: fields.texts("args"),
    savedMs: fields.number("savedMs"),
    ...(exit !== undefined && { exit }),
    ...(seed !== undefined && { seed }),
    endedKept: fields.whole("endedKept"),
  };
}

function decodeLine(fields: Fields): RecordedLine {
  const timeMs = fields.optionalNumber("timeMs");
  return {
    pid: fields.whole("pid"),
    kind: fields.oneOf("kind", KINDS),
    text: fields.text("text"),
    ...(timeMs !== undefined && { timeMs }),
  };
}
