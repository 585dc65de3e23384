import type { Parser, Source } from "assemblyscript";
import type { ProgramDescription } from "./describeProgram.ts";
import { addStatements } from "./generatedSource.ts";
import { expandProcess, PROCESS_IMPORT } from "./process/expandProcess.ts";
import { expandRow, ROW_IMPORT } from "./row/expandRow.ts";
import { expandSupervisor } from "./supervisor/expandSupervisor.ts";
import { classesOf, findDecorator } from "./syntax.ts";

/** What the decorators of classes do, and what the code they generate imports. */
const EXPANSIONS = [
  { decorator: "process", expand: expandProcess, imports: PROCESS_IMPORT },
  { decorator: "supervisor", expand: expandSupervisor, imports: PROCESS_IMPORT },
  { decorator: "row", expand: expandRow, imports: ROW_IMPORT },
];

/** Does what the decorators of a source's classes ask for, those of messages aside. */
export function expandClasses(parser: Parser, source: Source, description: ProgramDescription): void {
  const imported = new Set<string>();
  for (const declaration of classesOf(source)) {
    for (const { decorator: name, expand, imports } of EXPANSIONS) {
      const decorator = findDecorator(declaration, name);
      if (decorator === undefined) continue;
      if (!imported.has(imports)) addStatements(parser, source, imports, decorator.range);
      imported.add(imports);
      expand(parser, declaration, decorator, description);
    }
  }
}
