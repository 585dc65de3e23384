import { PLAIN, parseAnsi, type TextStyle } from "./ansi.ts";

/** Lines kept, and characters in them: a line of a flood may be long. */
const LINE_LIMIT = 10_000;
const CHARACTER_LIMIT = 4_000_000;
/** A longer line goes on in a new one. */
const LINE_LENGTH_LIMIT = 8_000;
/** Style and open line are remembered for so many outputs (a process has two); the oldest give way. */
const OUTPUT_LIMIT = 4_000;

export type LineKind = "stdout" | "stderr" | "notice";

export interface ConsoleLine {
  /** Counts up from 0 and is never given twice. */
  readonly id: number;
  /** 0: the line is about the run, not about one process. */
  readonly pid: number;
  readonly kind: LineKind;
  /** Without its line break; escape sequences are still in it. */
  readonly text: string;
  /** The style in force where the line starts. */
  readonly style: TextStyle;
  /** When it began, milliseconds of the run's clock. */
  readonly timeMs: number;
}

/** The unfinished last line of one process's stream, and the style after its last finished one. */
interface OpenOutput {
  line: ConsoleLine | undefined;
  style: TextStyle;
  /** A carriage return came last: what follows writes over the line, unless it is a line break. */
  returned: boolean;
}

/**
 * What the processes of a run wrote, as lines in the order in which they began, the latest 10,000 of them.
 * Streams are put together apart from each other, so that lines of several processes never mix.
 */
export class ConsoleBuffer {
  #lines: ConsoleLine[] = [];
  #characters = 0;
  #nextId = 0;
  #dropped = 0;
  /** Of what was written last. */
  #timeMs = 0;
  readonly #outputs = new Map<string, OpenOutput>();

  /** Oldest first; valid until the next write. */
  get lines(): readonly ConsoleLine[] {
    this.#trim();
    return this.#lines;
  }

  /** Lines that were written and are no longer kept. */
  get droppedLines(): number {
    this.#trim();
    return this.#dropped;
  }

  /**
   * @param text may begin and end within a line
   * @param timeMs of the run's clock; left out: that of the line before
   */
  write(pid: number, kind: "stdout" | "stderr", text: string, timeMs = this.#timeMs): void {
    if (text === "") return;
    this.#timeMs = timeMs;
    const key = `${pid} ${kind}`;
    const output = this.#outputs.get(key) ?? { line: undefined, style: PLAIN, returned: false };
    this.#outputs.delete(key);
    this.#outputs.set(key, output);
    if (this.#outputs.size > OUTPUT_LIMIT) this.#outputs.delete(this.#outputs.keys().next().value!);
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      this.#extend(output, pid, kind, text.slice(start, end), true);
      start = end + 1;
    }
    if (start < text.length) this.#extend(output, pid, kind, text.slice(start), false);
    this.#trimSometimes();
  }

  /** Adds lines that no process wrote: why one ended, what it was denied. */
  notice(pid: number, text: string, timeMs = this.#timeMs): void {
    this.#timeMs = timeMs;
    for (const line of text.split("\n")) this.#append({ pid, kind: "notice", text: line, style: PLAIN });
    this.#trimSometimes();
  }

  clear(): void {
    this.#dropped = 0;
    this.#lines = [];
    this.#characters = 0;
    this.#outputs.clear();
  }

  #extend(output: OpenOutput, pid: number, kind: LineKind, part: string, ends: boolean): void {
    const before = output.line;
    let text = output.returned && part !== "" ? "" : (before?.text ?? "");
    const body = part.endsWith("\r") ? part.slice(0, -1) : part;
    output.returned = part.endsWith("\r");
    const overwrite = body.lastIndexOf("\r");
    text = overwrite === -1 ? text + body : body.slice(overwrite + 1);
    let line = before ? this.#replace(before, text) : this.#append({ pid, kind, text, style: output.style });
    while (line.text.length > LINE_LENGTH_LIMIT) {
      const rest = line.text.slice(LINE_LENGTH_LIMIT);
      line = this.#replace(line, line.text.slice(0, LINE_LENGTH_LIMIT));
      line = this.#append({ pid, kind, text: rest, style: parseAnsi(line.text, line.style).after });
    }
    output.line = ends ? undefined : line;
    if (ends) {
      output.returned = false;
      output.style = parseAnsi(line.text, line.style).after;
    }
  }

  #append(fields: Omit<ConsoleLine, "id" | "timeMs">): ConsoleLine {
    const line = { id: this.#nextId++, ...fields, timeMs: this.#timeMs };
    this.#lines.push(line);
    this.#characters += line.text.length;
    return line;
  }

  /** Puts a longer or shorter text in a line's place; a line that is no longer kept starts anew at the end. */
  #replace(line: ConsoleLine, text: string): ConsoleLine {
    const index = line.id - this.#lines[0]!.id;
    if (index < 0) return this.#append({ ...line, text });
    this.#characters += text.length - line.text.length;
    const next = { ...line, text };
    this.#lines[index] = next;
    return next;
  }

  /** Trimming copies the array: at every write of a flood it would cost more than the flood. */
  #trimSometimes(): void {
    if (this.#lines.length > 2 * LINE_LIMIT || this.#characters > 2 * CHARACTER_LIMIT) this.#trim();
  }

  #trim(): void {
    let first = Math.max(0, this.#lines.length - LINE_LIMIT);
    for (let i = 0; i < first; i++) this.#characters -= this.#lines[i]!.text.length;
    while (this.#characters > CHARACTER_LIMIT) this.#characters -= this.#lines[first++]!.text.length;
    if (first === 0) return;
    this.#dropped += first;
    this.#lines = this.#lines.slice(first);
  }
}
