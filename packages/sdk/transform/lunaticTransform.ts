import type { Parser, Program } from "assemblyscript";
import { ProgramDescription } from "./describeProgram.ts";
import { expandClasses } from "./expandClasses.ts";
import { checkMessages } from "./message/checkMessages.ts";
import { checkTasks } from "./message/checkTasks.ts";
import { expandMessages } from "./message/expandMessages.ts";
import { placePanics } from "./placePanics.ts";
import { checkHandlers } from "./process/checkHandlers.ts";
import { expandProtocols } from "./protocol/expandProtocols.ts";
import { addStartSource, nameTests } from "./startSource.ts";
import { readTests, type TestFunction } from "./tests/readTests.ts";

/**
 * What lunatic-rs does by macros: it adds to the parsed program what the author's decorators ask for. One is made for
 * each compile; its methods are called in the order in which they stand here.
 */
export class LunaticTransform {
  readonly #entryPath: string;
  readonly #description = new ProgramDescription();
  #tests: readonly TestFunction[] = [];

  /** @param entryPath the author's entry file, as the compiler was given it */
  constructor(entryPath: string) {
    this.#entryPath = entryPath;
  }

  /** All files are parsed, none is checked yet; files that are added or imported from here on are parsed next. */
  afterParse(parser: Parser): void {
    const sources = parser.sources.filter(({ isLibrary }) => !isLibrary);
    placePanics(sources);
    // Before anything is generated: it is about what the author wrote.
    for (const source of sources) this.#description.addDeclarations(source);
    expandProtocols(parser, sources);
    for (const source of sources) expandClasses(parser, source, this.#description);
    expandMessages(parser, sources, this.#description);
    checkMessages(parser, sources);
    checkTasks(parser, sources);
    checkHandlers(parser, sources);
    this.#tests = readTests(parser, sources);
    const entry = parser.sources.find(({ normalizedPath }) => normalizedPath === this.#entryPath);
    if (entry !== undefined) addStartSource(parser, entry, this.#tests);
  }

  /** What the program's messages are, as JSON for the section MESSAGE_SECTION; undefined: it has none. */
  describeMessages(): string | undefined {
    return this.#description.toJson();
  }

  /** Names are known, nothing is compiled yet. */
  afterInitialize(program: Program): void {
    nameTests(program, this.#tests);
  }
}
