import { EventKind, type EventSink } from "../inspect/events.ts";
import type { SequenceSource } from "../inspect/recorder.ts";
import type { OutputChunk } from "../protocol/hubExecutor.ts";
import { OutputWindow } from "./outputWindow.ts";

/** Output is posted when so much has gathered, UTF-16 units, or at the next tick of the executor's flush timer. */
const POST_AT_LENGTH = 1 << 16;

/** What is written so much later is a piece of its own, with its own time. */
const PIECE_MS = 10;

interface GatheredChunk extends OutputChunk {
  text: string;
}

/** @param answers the round of the page's question that this answers, if it does */
type PostOutput = (chunks: readonly OutputChunk[], answers: number | undefined) => void;

/**
 * What the processes of one environment write to stdout and stderr, on its way to the page: decoded per process and
 * stream (a character may be split over two writes), gathered so that a print loop costs no message per line.
 */
export class Output {
  /** What the page has not taken yet, what has gathered here included. */
  readonly window = new OutputWindow();
  readonly #post: PostOutput;
  readonly #sequence: SequenceSource;
  readonly #nowMs: () => number;
  readonly #decoders = new Map<string, TextDecoder>();
  #chunks: GatheredChunk[] = [];
  #length = 0;
  #mayAppend = false;
  readonly #isBinary: boolean;

  /**
   * @param encoding what chunks hold: RunOptions.outputEncoding
   * @param nowMs the run's clock
   */
  constructor(encoding: "utf-8" | "binary", sequence: SequenceSource, nowMs: () => number, post: PostOutput) {
    this.#isBinary = encoding === "binary";
    this.#sequence = sequence;
    this.#nowMs = nowMs;
    this.#post = post;
  }

  /** Something came from another executor: what is written now may follow from what was written there. */
  separate(): void {
    this.#mayAppend = false;
  }

  /** @param bytes only read during the call */
  write(pid: number, stream: 1 | 2, bytes: Uint8Array, sink: EventSink | undefined): void {
    // Who observes reads text, whatever the page gets.
    const isRead = !this.#isBinary || sink !== undefined;
    const text = isRead ? this.#decoder(pid, stream).decode(bytes, { stream: true }) : "";
    if (text.length > 0) sink?.emit(EventKind.Output, pid, 0, 0n, stream, text);
    this.#append(pid, stream, this.#isBinary ? binaryText(bytes) : text);
  }

  /** The process is gone: what is left of an unfinished character comes out as U+FFFD. */
  end(pid: number): void {
    for (const stream of [1, 2] as const) {
      const key = `${pid}/${stream}`;
      const rest = this.#decoders.get(key)?.decode();
      this.#decoders.delete(key);
      if (rest && !this.#isBinary) this.#append(pid, stream, rest);
    }
  }

  flush(): void {
    if (this.#chunks.length > 0) this.#postAll(undefined);
  }

  /** Posts what has gathered, be it nothing, as the answer to a question of the page. */
  answer(round: number): void {
    this.#postAll(round);
  }

  #postAll(answers: number | undefined): void {
    this.#post(this.#chunks, answers);
    this.#chunks = [];
    this.#length = 0;
  }

  #append(pid: number, stream: 1 | 2, text: string): void {
    if (text.length === 0) return;
    // Taken for every write, so that the numbers of a deterministic run do not depend on when output is posted.
    const sequence = this.#sequence.next();
    const timeMs = this.#nowMs();
    const last = this.#chunks.at(-1);
    if (this.#mayAppend && last?.pid === pid && last.stream === stream && timeMs - last.timeMs < PIECE_MS)
      last.text += text;
    else this.#chunks.push({ pid, stream, text, sequence, timeMs });
    this.#mayAppend = true;
    this.#length += text.length;
    this.window.add(text.length);
    if (this.#length >= POST_AT_LENGTH) this.flush();
  }

  #decoder(pid: number, stream: 1 | 2): TextDecoder {
    const key = `${pid}/${stream}`;
    let decoder = this.#decoders.get(key);
    if (decoder === undefined) {
      decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      this.#decoders.set(key, decoder);
    }
    return decoder;
  }
}

/** Arguments of one call: engines take at least so many. */
const UNITS_AT_ONCE = 1 << 13;

/** A UTF-16 unit per byte. TextDecoder has nothing for it: its "latin1" is windows-1252. */
function binaryText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += UNITS_AT_ONCE)
    text += String.fromCharCode(...bytes.subarray(at, at + UNITS_AT_ONCE));
  return text;
}
