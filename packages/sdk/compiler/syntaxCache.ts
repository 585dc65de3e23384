import { Parser, type Program, type Source } from "assemblyscript";
import type { LibraryFile } from "./librarySources.ts";

/** What is kept of a parsed file: its tree, and what it imports with the place that does. */
interface ParsedFile {
  readonly source: Source;
  readonly imports: readonly (readonly [internalPath: string, dependee: Dependee])[];
}

type Dependee = Parser["dependees"] extends Map<string, infer D> ? D : never;

/**
 * Syntax trees of library files, parsed once and used by one program after the other: parsing the library is more than
 * half of a compile. That is sound because AssemblyScript does not write to its trees after parsing, but for two fields:
 * the file's number in the module's debug information, which is reset here; and a mark on types that are being
 * resolved, which stays behind only if the compiler throws: then `clear`.
 */
export class SyntaxCache {
  readonly #files = new Map<string, ParsedFile>();

  /** Makes a library file part of a program, as `asc.parse` would. */
  addTo(program: Program, file: LibraryFile, isEntry: boolean): void {
    const { parser } = program;
    const { source, imports } = this.#parsed(program, file, isEntry);
    if (parser.donelog.has(source.internalPath)) return;
    parser.donelog.add(source.internalPath);
    parser.seenlog.add(source.internalPath);
    source.debugInfoIndex = -1;
    program.sources.push(source);
    for (const [internalPath, dependee] of imports) {
      if (parser.seenlog.has(internalPath)) continue;
      parser.seenlog.add(internalPath);
      parser.dependees.set(internalPath, dependee);
      parser.backlog.push(internalPath);
    }
  }

  clear(): void {
    this.#files.clear();
  }

  #parsed(program: Program, { path, text }: LibraryFile, isEntry: boolean): ParsedFile {
    const known = this.#files.get(path);
    if (known !== undefined && known.source.text === text) return known;
    const parser = new Parser();
    parser.options = program.options;
    parser.parseFile(text, path, isEntry);
    const source = parser.sources[0]!;
    const imports = parser.backlog.map((name) => [name, parser.dependees.get(name)!] as const);
    const parsed = { source, imports };
    if (parser.diagnostics.length === 0) this.#files.set(path, parsed);
    program.diagnostics.push(...parser.diagnostics);
    return parsed;
  }
}
