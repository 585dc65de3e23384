import type { FunctionTypeNode, NamedTypeNode, Parser, Source } from "assemblyscript";
import { NodeKind } from "../ast.ts";
import { fieldsOf, findDecorator, isClass, textOf } from "../syntax.ts";
import { reportError } from "../transformError.ts";
import { visitNodes } from "../visitNodes.ts";
import { CARRIERS, SendableTypes } from "./sendable.ts";

/**
 * Reports types that are used in messages but cannot be sent, where the author wrote them. The compiler would find
 * them too, but inside the codec. To be called when every class has its generated members.
 */
export function checkMessages(parser: Parser, sources: readonly Source[]): void {
  const types = new SendableTypes(parser);
  for (const source of sources) {
    checkFields(parser, source, types);
    checkCarriers(parser, source, types);
    checkArguments(parser, source, types);
  }
}

function checkFields(parser: Parser, source: Source, types: SendableTypes): void {
  for (const declaration of source.statements.filter(isClass)) {
    // The cases of a sum type have generated members, but need no decorator.
    const isMessage = declaration.members.some(({ name }) => name.text === "__encodeFields");
    if (!isMessage && findDecorator(declaration, "message") === undefined) continue;
    const parameters = new Set(declaration.typeParameters?.map(({ name }) => name.text));
    for (const { name, type } of fieldsOf(declaration)) {
      const problem = type === null ? undefined : types.problemOf(source, type, parameters);
      if (type === null || problem === undefined) continue;
      const field = `field \`${name.text}\` of message \`${declaration.name.text}\``;
      reportError(parser, type.range, `${field} has type \`${textOf(type)}\`, ${problem}`);
    }
  }
}

function checkCarriers(parser: Parser, source: Source, types: SendableTypes): void {
  const parameters = typeParametersOf(source);
  visitNodes(source.statements, (node) => {
    if (node.kind !== NodeKind.NamedType) return;
    const { name, typeArguments } = node as NamedTypeNode;
    const message = typeArguments?.[0];
    if (message === undefined || !CARRIERS.has(name.identifier.text)) return;
    const problem = types.problemOf(source, message, parameters);
    if (problem === undefined) return;
    const text = `a ${name.identifier.text} has messages of type \`${textOf(message)}\`, ${problem}`;
    reportError(parser, message.range, text);
  });
}

/** What the function of a process takes beside its mailbox is sent to the process. */
function checkArguments(parser: Parser, source: Source, types: SendableTypes): void {
  const parameters = typeParametersOf(source);
  visitNodes(source.statements, (node) => {
    if (node.kind !== NodeKind.FunctionType) return;
    const [argument, mailbox, ...others] = (node as FunctionTypeNode).parameters;
    if (argument === undefined || mailbox === undefined || others.length > 0) return;
    if (mailbox.type.kind !== NodeKind.NamedType) return;
    if ((mailbox.type as NamedTypeNode).name.identifier.text !== "Mailbox") return;
    const problem = types.problemOf(source, argument.type, parameters);
    if (problem === undefined) return;
    const text = `argument \`${argument.name.text}\` of a process has type \`${textOf(argument.type)}\`, ${problem}`;
    reportError(parser, argument.type.range, text);
  });
}

/** All names of type parameters in a file: what they stand for shows only where they are given. */
function typeParametersOf(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  visitNodes(source.statements, (node) => {
    if (node.kind === NodeKind.TypeParameter)
      names.add((node as unknown as { name: { text: string } }).name.text);
  });
  return names;
}
