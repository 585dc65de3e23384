import { type ClassDeclaration, Parser, type Source } from "assemblyscript";
import { DECLARATIONS_IMPORT, declareProcess } from "./process/processDeclarations.ts";
import { readProcess } from "./process/readProcess.ts";
import { readSupervisor } from "./supervisor/readSupervisor.ts";
import { declareSupervisor } from "./supervisor/supervisorDeclarations.ts";
import { classesOf, findDecorator } from "./syntax.ts";

/**
 * What the transform adds to an author's files, as TypeScript declarations for his editor: refs, starters and builders
 * of `@process` and `@supervisor` classes. They count as standing at the end of the file, since they merge with its
 * classes.
 * @param files text by path; files that do not parse, and classes with errors, have what can be read of them
 * @returns text by path, for files to which something is added
 */
export function declarationsFor(files: Iterable<readonly [path: string, text: string]>): Map<string, string> {
  const parser = new Parser();
  for (const [path, text] of files) parser.parseFile(text, path, false);
  const declarations = new Map<string, string>();
  for (const source of parser.sources) {
    const own = declarationsOf(parser, source);
    if (own.length > 0) declarations.set(source.normalizedPath, [DECLARATIONS_IMPORT, ...own, ""].join("\n"));
  }
  return declarations;
}

function declarationsOf(parser: Parser, source: Source): string[] {
  return classesOf(source).flatMap((declaration) => declareClass(parser, declaration) ?? []);
}

function declareClass(parser: Parser, declaration: ClassDeclaration): string | undefined {
  const process = findDecorator(declaration, "process");
  if (process !== undefined) {
    const model = readProcess(parser, declaration, process);
    return model && declareProcess(model);
  }
  const supervisor = findDecorator(declaration, "supervisor");
  if (supervisor === undefined) return undefined;
  const model = readSupervisor(parser, declaration, supervisor);
  return model && declareSupervisor(model);
}
