import type { ClassDeclaration, DecoratorNode, Parser } from "assemblyscript";
import type { ProgramDescription } from "../describeProgram.ts";
import { addMember, addStatements } from "../generatedSource.ts";
import { generateProcess, PROCESS_NAMESPACE } from "./processCode.ts";
import type { ProcessModel } from "./processModel.ts";
import { readProcess } from "./readProcess.ts";

/** Where the code that `@process` generates finds the framework's part. */
export const PROCESS_IMPORT = `import * as ${PROCESS_NAMESPACE} from "lunatic/abstractProcess/generated";`;

/** Makes a process of a class with `@process`: its ref, its starters, the loop that calls its handlers. */
export function expandProcess(
  parser: Parser,
  declaration: ClassDeclaration,
  decorator: DecoratorNode,
  description: ProgramDescription,
): void {
  const model = readProcess(parser, declaration, decorator);
  if (model !== undefined) addProcess(parser, declaration, model, description);
}

/** Adds what a model asks for to its class and beside it. */
export function addProcess(
  parser: Parser,
  declaration: ClassDeclaration,
  model: ProcessModel,
  description: ProgramDescription,
): void {
  description.addProcess(model);
  const { members, statements } = generateProcess(model);
  const origin = declaration.name.range;
  for (const member of members) addMember(parser, declaration, member, origin);
  addStatements(parser, declaration.range.source, statements, origin);
}
