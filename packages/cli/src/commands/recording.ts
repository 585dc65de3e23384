import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import { CommandError, errorText } from "../errors.ts";
import type { ObservedEvent } from "../session/protocol.ts";

/** Raised when a reader of older files would misunderstand newer ones. */
const FORMAT_VERSION = 1;

/**
 * The inspection records of a run as a file of JSON lines: a header, then an event a line, in the order in which they
 * came. `sequence` gives the order of the run; `{"dropped": n}` stands where events were lost.
 */
export class Recording {
  readonly #file: FileHandle;
  readonly #path: string;
  #writing: Promise<unknown>;

  private constructor(file: FileHandle, path: string, module: string) {
    this.#file = file;
    this.#path = path;
    const header = { format: "lunatic-web recording", version: FORMAT_VERSION, module };
    this.#writing = file.write(`${JSON.stringify(header)}\n`);
  }

  /**
   * @param path undefined: nothing is recorded
   * @throws CommandError the file cannot be made
   */
  static async create(path: string | undefined, cwd: string, module: string): Promise<Recording | undefined> {
    if (path === undefined) return undefined;
    const file = resolve(cwd, path);
    try {
      return new Recording(await open(file, "w"), file, module);
    } catch (error) {
      throw new CommandError(`Cannot write the recording: ${errorText(error)}; name another file`);
    }
  }

  add(events: readonly ObservedEvent[], dropped: number): void {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`);
    if (dropped > 0) lines.push(`${JSON.stringify({ dropped })}\n`);
    const text = lines.join("");
    this.#writing = this.#writing.then(() => this.#file.write(text));
    // Told at the close; until then nobody waits for it.
    this.#writing.catch(() => {});
  }

  /** @throws CommandError something could not be written */
  async close(): Promise<void> {
    try {
      await this.#writing;
    } catch (error) {
      throw new CommandError(`Cannot write ${this.#path} to its end: ${errorText(error)}`);
    } finally {
      await this.#file.close();
    }
  }
}
