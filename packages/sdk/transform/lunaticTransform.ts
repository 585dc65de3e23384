import type { Parser } from "assemblyscript";
import { addStartSource } from "./startSource.ts";

/** What lunatic-rs does by macros: it adds to the parsed program what the author's decorators ask for. */
export class LunaticTransform {
  readonly #entryPath: string;

  /** @param entryPath the author's entry file, as the compiler was given it */
  constructor(entryPath: string) {
    this.#entryPath = entryPath;
  }

  /** All files are parsed, none is checked yet; files that are added or imported from here on are parsed next. */
  afterParse(parser: Parser): void {
    const entry = parser.sources.find(({ normalizedPath }) => normalizedPath === this.#entryPath);
    if (entry !== undefined) addStartSource(parser, entry);
  }
}
