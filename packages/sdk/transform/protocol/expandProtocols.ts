import type {
  CallExpression,
  ClassDeclaration,
  FieldDeclaration,
  FunctionDeclaration,
  IdentifierExpression,
  ImportStatement,
  NamedTypeNode,
  Parser,
  Source,
  TypeDeclaration,
} from "assemblyscript";
import { Node } from "assemblyscript";
import { CommonFlags, NodeKind } from "../ast.ts";
import { addMember, addStatements, parseTypeText } from "../generatedSource.ts";
import { findDecorator } from "../syntax.ts";
import { reportError } from "../transformError.ts";
import { visitNodes } from "../visitNodes.ts";
import { dualName, dualText, isStep, PROTOCOL_NAMESPACE } from "./dual.ts";

const IMPORT = `import * as ${PROTOCOL_NAMESPACE} from "lunatic/protocol/generated";`;
const SPAWN = "spawnProtocol";

/**
 * What sessions need beyond the language: `Dual<S>`, loops, and the type of what `spawnProtocol` gives. The other end
 * of every named session gets a name too, beside it and wherever it is imported.
 */
export function expandProtocols(parser: Parser, sources: readonly Source[]): void {
  const named = new Map(sources.map((source) => [source.internalPath, nameDuals(parser, source)]));
  for (const source of sources) {
    importDuals(parser, source, named);
    useDuals(parser, source);
  }
}

/** Names that a source exports beside what the author wrote, by what they belong to. */
type Added = Map<string, string>;

function nameDuals(parser: Parser, source: Source): Added {
  const added: Added = new Map();
  const texts: string[] = [];
  for (const statement of [...source.statements]) {
    if (statement.kind === NodeKind.TypeDeclaration) {
      const { name, type, flags } = statement as TypeDeclaration;
      const dual = isStep(type) ? dualText(type) : undefined;
      if (dual === undefined) continue;
      texts.push(`${exported(flags)}type ${dualName(name.text)} = ${dual};`);
      added.set(name.text, dualName(name.text));
    } else if (statement.kind === NodeKind.ClassDeclaration) {
      const declaration = statement as ClassDeclaration;
      if (findDecorator(declaration, "loop") === undefined) continue;
      const dual = expandLoop(parser, declaration);
      if (dual === undefined) continue;
      texts.push(dual);
      added.set(declaration.name.text, dualName(declaration.name.text));
    } else if (statement.kind === NodeKind.FunctionDeclaration) {
      const { name, signature, flags } = statement as FunctionDeclaration;
      const session = signature.parameters.length === 2 ? signature.parameters[1]!.type : undefined;
      const dual = session && dualText(session);
      if (dual === undefined) continue;
      texts.push(
        `${exported(flags)}function ${peerName(name.text)}(channel: ${PROTOCOL_NAMESPACE}.Channel): ${dual} { return ${PROTOCOL_NAMESPACE}.step<${dual}>(channel); }`,
      );
      added.set(name.text, peerName(name.text));
    }
  }
  if (!usesSessions(source)) return new Map();
  addStatements(parser, source, [IMPORT, ...texts].join("\n"), source.range.atStart);
  return added;
}

/** The field `round` becomes a step that is taken like the others. */
function expandLoop(parser: Parser, declaration: ClassDeclaration): string | undefined {
  const name = declaration.name.text;
  const index = declaration.members.findIndex(({ name: member }) => member.text === "round");
  const round = declaration.members[index] as FieldDeclaration | undefined;
  if (declaration.extendsType?.name.identifier.text !== "Loop" || !round?.type) {
    const text = `@loop ${name} must extend Loop and have a field "round" with what happens each time`;
    reportError(parser, declaration.name.range, text);
    return undefined;
  }
  const dual = dualText(round.type);
  if (dual === undefined) {
    reportError(parser, round.type.range, `the round of loop ${name} is not a step of a session`);
    return undefined;
  }
  declaration.members.splice(index, 1);
  addMember(parser, declaration, roundMember(round.type.range.toString()), round.name.range);
  return `${exported(declaration.flags)}class ${dualName(name)} extends ${PROTOCOL_NAMESPACE}.Loop { ${roundMember(dual)} }`;
}

function roundMember(type: string): string {
  return `get round(): ${type} { return ${PROTOCOL_NAMESPACE}.step<${type}>(this.__take()); }`;
}

function importDuals(parser: Parser, source: Source, named: ReadonlyMap<string, Added>): void {
  for (const statement of [...source.statements]) {
    if (statement.kind !== NodeKind.Import) continue;
    const { declarations, internalPath, path } = statement as ImportStatement;
    const added = named.get(internalPath) ?? named.get(`${internalPath}/index`);
    for (const { name, foreignName } of declarations ?? []) {
      const theirs = added?.get(foreignName.text);
      if (theirs === undefined) continue;
      const ours = theirs.replace(foreignName.text, name.text);
      const text = `import { ${theirs} as ${ours} } from ${path.range.toString()};`;
      addStatements(parser, source, text, statement.range);
    }
  }
}

function useDuals(parser: Parser, source: Source): void {
  const known = new Set(source.statements.flatMap((statement) => namesIn(statement)));
  visitNodes(source.statements, (node) => {
    if (node.kind === NodeKind.NamedType) replaceDual(parser, node as NamedTypeNode);
    else if (node.kind === NodeKind.Call) addPeer(parser, node as CallExpression, known);
  });
}

function replaceDual(parser: Parser, node: NamedTypeNode): void {
  if (node.name.identifier.text !== "Dual" || node.typeArguments?.length !== 1) return;
  const dual = dualText(node.typeArguments[0]!);
  if (dual === undefined) {
    reportError(parser, node.range, `${node.typeArguments[0]!.range} is not a session`);
    return;
  }
  const type = parseTypeText(parser, node.range.source, dual, node.range) as NamedTypeNode;
  node.name = type.name;
  node.typeArguments = type.typeArguments;
}

/** `spawnProtocol(add, 1)` gets the function that makes the other end of add's session. */
function addPeer(parser: Parser, call: CallExpression, known: ReadonlySet<string>): void {
  const called = call.expression as IdentifierExpression;
  if (called.kind !== NodeKind.Identifier || called.text !== SPAWN) return;
  const entry = call.args[0] as IdentifierExpression | undefined;
  if (entry?.kind === NodeKind.Identifier && known.has(peerName(entry.text))) {
    call.args.splice(2, 0, Node.createIdentifierExpression(peerName(entry.text), entry.range));
    return;
  }
  const text = `${SPAWN} takes the name of a function with two parameters: an argument, and a session`;
  reportError(parser, (entry ?? called).range, text);
}

function namesIn(statement: Node): string[] {
  if (statement.kind === NodeKind.Import) {
    return (statement as ImportStatement).declarations?.map(({ name }) => name.text) ?? [];
  }
  return statement.kind === NodeKind.FunctionDeclaration
    ? [(statement as FunctionDeclaration).name.text]
    : [];
}

/** Sessions come from the framework; a program without them is left as it is. */
function usesSessions(source: Source): boolean {
  return source.statements.some((statement) => {
    if (statement.kind !== NodeKind.Import) return false;
    const { declarations, internalPath } = statement as ImportStatement;
    const isFramework = internalPath === "~lib/lunatic" || internalPath.startsWith("~lib/lunatic/");
    return isFramework && (declarations ?? []).some(({ foreignName }) => SESSION_NAMES.has(foreignName.text));
  });
}

const SESSION_NAMES = new Set(["Send", "Recv", "Choose", "Offer", "End", "Loop", "Dual", SPAWN]);

function peerName(entry: string): string {
  return `__peerOf${entry}`;
}

function exported(flags: number): string {
  return (flags & CommonFlags.Export) === 0 ? "" : "export ";
}
