import type { ClassDeclaration, DecoratorNode, Parser } from "assemblyscript";
import type { ProgramDescription } from "../describeProgram.ts";
import { addMember, addStatements } from "../generatedSource.ts";
import { addProcess } from "../process/expandProcess.ts";
import { PROCESS_NAMESPACE } from "../process/processCode.ts";
import { childrenOf, readSupervisor, type SupervisorModel } from "./readSupervisor.ts";

const P = PROCESS_NAMESPACE;

/** Makes a supervisor of a class with `@supervisor`: a process whose children are the fields with `@child`. */
export function expandSupervisor(
  parser: Parser,
  declaration: ClassDeclaration,
  decorator: DecoratorNode,
  description: ProgramDescription,
): void {
  const model = readSupervisor(parser, declaration, decorator);
  if (model === undefined) return;
  const origin = declaration.name.range;
  addProcess(parser, declaration, model.process, description);
  for (const member of members(model)) addMember(parser, declaration, member, origin);
  addStatements(parser, declaration.range.source, childrenClass(model), origin);
}

function members({ process, children }: SupervisorModel): string[] {
  const type = childrenOf(process.name);
  const specs = children.map(({ name, isList }) =>
    isList
      ? `for (let i = 0; i < this.${name}.length; i++) specs.push(this.${name}[i]);`
      : `specs.push(this.${name});`,
  );
  const refs = children.map(({ name, isList }) =>
    isList
      ? `for (let i = 0; i < this.${name}.length; i++) children.${name}.push(this.${name}[i].ref);`
      : `children.${name} = this.${name}.ref;`,
  );
  return [
    `__specs(): ${P}.ChildSpec[] { const specs: ${P}.ChildSpec[] = []; ${specs.join(" ")} return specs; }`,
    `children(): ${type} { const children = new ${type}(); ${refs.join(" ")} return children; }`,
  ];
}

function childrenClass({ process, children }: SupervisorModel): string {
  const fields = children.map(
    ({ name, ref, isList }) => `${name}${isList ? "" : "!"}: ${ref}${isList ? " = []" : ""};`,
  );
  const writes = children.map(({ name, ref }) => `writer.put<${ref}>(this.${name});`);
  const reads = children.map(({ name, ref }) => `this.${name} = reader.get<${ref}>();`);
  return `${process.isExported ? "export " : ""}class ${childrenOf(process.name)} {
${fields.join("\n")}
__encode<W>(writer: W): void { writer.beginStruct(${children.length}); ${writes.join(" ")} writer.endStruct(); }
__decode<R>(reader: R): void { reader.beginStruct(${children.length}); ${reads.join(" ")} reader.endStruct(); }
}`;
}
