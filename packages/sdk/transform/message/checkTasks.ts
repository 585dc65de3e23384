import type {
  CallExpression,
  FunctionDeclaration,
  FunctionExpression,
  FunctionTypeNode,
  IdentifierExpression,
  Node,
  Parser,
  Source,
} from "assemblyscript";
import { NodeKind } from "../ast.ts";
import { Declarations } from "../declarations.ts";
import { textOf } from "../syntax.ts";
import { reportError } from "../transformError.ts";
import { visitNodes } from "../visitNodes.ts";
import { SendableTypes } from "./sendable.ts";

/** Functions of the framework that run one in a process, and whether its result comes back. */
const RUNNERS = new Map([
  ["spawnTask", true],
  ["spawnFunction", false],
]);

/** Reports what a function that is run in a process takes or returns, but that cannot be sent. */
export function checkTasks(parser: Parser, sources: readonly Source[]): void {
  const declarations = new Declarations(parser);
  const types = new SendableTypes(parser);
  // A function may be run in several places.
  const checked = new Set<FunctionTypeNode>();
  for (const source of sources) {
    visitNodes(source.statements, (node) => {
      if (node.kind !== NodeKind.Call) return;
      const { expression, args } = node as CallExpression;
      if (expression.kind !== NodeKind.Identifier) return;
      const returns = RUNNERS.get((expression as IdentifierExpression).text);
      if (returns === undefined) return;
      const found = args[0] && functionOf(declarations, source, args[0]);
      if (
        found === undefined ||
        found.declaration.typeParameters?.length ||
        checked.has(found.declaration.signature)
      )
        return;
      checked.add(found.declaration.signature);
      checkSignature(parser, types, found.source, found.declaration, returns);
    });
  }
}

interface Found {
  readonly declaration: FunctionDeclaration;
  readonly source: Source;
}

function functionOf(declarations: Declarations, source: Source, node: Node): Found | undefined {
  if (node.kind === NodeKind.Function)
    return { declaration: (node as FunctionExpression).declaration, source };
  if (node.kind !== NodeKind.Identifier) return undefined;
  const found = declarations.find(source, (node as IdentifierExpression).text);
  if (found?.declaration.kind !== NodeKind.FunctionDeclaration) return undefined;
  return { declaration: found.declaration as FunctionDeclaration, source: found.source };
}

function checkSignature(
  parser: Parser,
  types: SendableTypes,
  source: Source,
  { name, signature }: FunctionDeclaration,
  returns: boolean,
): void {
  const task = name.text === "" ? "a task" : `task \`${name.text}\``;
  for (const parameter of signature.parameters) {
    const problem = types.problemOf(source, parameter.type);
    if (problem === undefined) continue;
    const text = `argument \`${parameter.name.text}\` of ${task} has type \`${textOf(parameter.type)}\`, ${problem}`;
    reportError(parser, parameter.type.range, text);
  }
  const problem = returns ? types.problemOf(source, signature.returnType) : undefined;
  if (problem === undefined) return;
  const text = `the result of ${task} has type \`${textOf(signature.returnType)}\`, ${problem}`;
  reportError(parser, signature.returnType.range, text);
}
