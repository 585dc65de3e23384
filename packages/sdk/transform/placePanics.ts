import {
  type CallExpression,
  type IdentifierExpression,
  type ImportStatement,
  Node,
  type Source,
} from "assemblyscript";
import { NodeKind } from "./ast.ts";
import { visitNodes } from "./visitNodes.ts";

const FRAMEWORK = "~lib/lunatic";

/**
 * Makes the place that a panic tells of the author's line: `panic(text)` becomes `assert(false, text)`, which the
 * compiler gives the place of the call. As a function of the framework it would only know its own.
 */
export function placePanics(sources: readonly Source[]): void {
  for (const source of sources.filter(importsPanic)) {
    visitNodes(source.statements, (node) => {
      if (node.kind !== NodeKind.Call) return;
      const call = node as CallExpression;
      if (call.expression.kind !== NodeKind.Identifier || call.args.length !== 1) return;
      const { text, range } = call.expression as IdentifierExpression;
      if (text !== "panic") return;
      call.expression = Node.createIdentifierExpression("assert", range);
      call.args = [Node.createFalseExpression(range), call.args[0]!];
    });
  }
}

function importsPanic({ statements }: Source): boolean {
  return statements
    .filter((statement): statement is ImportStatement => statement.kind === NodeKind.Import)
    .filter(({ internalPath }) => internalPath === FRAMEWORK)
    .some(({ declarations }) =>
      declarations?.some(({ name, foreignName }) => name.text === "panic" && foreignName.text === "panic"),
    );
}
