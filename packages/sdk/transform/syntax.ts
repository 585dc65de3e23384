import type {
  ClassDeclaration,
  DeclarationStatement,
  DecoratorNode,
  FieldDeclaration,
  IdentifierExpression,
  IntegerLiteralExpression,
  LiteralExpression,
  Node,
  Source,
  StringLiteralExpression,
} from "assemblyscript";
import { CommonFlags, LiteralKind, NodeKind } from "./ast.ts";

/** The decorator of a name, if the declaration has it. */
export function findDecorator(declaration: DeclarationStatement, name: string): DecoratorNode | undefined {
  return declaration.decorators?.find((decorator) => {
    if (decorator.name.kind !== NodeKind.Identifier) return false;
    return (decorator.name as IdentifierExpression).text === name;
  });
}

/** What stands between a decorator's brackets if it is one text: `"app::Job"` of `@message("app::Job")`. */
export function textArgument(decorator: DecoratorNode): string | undefined {
  const literal = onlyLiteral(decorator);
  if (literal?.literalKind !== LiteralKind.String) return undefined;
  return (literal as StringLiteralExpression).value;
}

/** What stands between a decorator's brackets if it is one whole number. */
export function integerArgument(decorator: DecoratorNode): number | undefined {
  const literal = onlyLiteral(decorator);
  if (literal?.literalKind !== LiteralKind.Integer) return undefined;
  const { value } = literal as IntegerLiteralExpression;
  // The compiler's own i64: two halves, the same in all its builds.
  return Number(value.toString());
}

function onlyLiteral(decorator: DecoratorNode): LiteralExpression | undefined {
  const [argument, ...others] = decorator.args ?? [];
  if (argument === undefined || others.length > 0 || argument.kind !== NodeKind.Literal) return undefined;
  return argument as LiteralExpression;
}

/** A node as its author wrote it. */
export function textOf(node: Node): string {
  return node.range.toString();
}

export function isClass(node: Node): node is ClassDeclaration {
  return node.kind === NodeKind.ClassDeclaration;
}

/** The classes that a source declares, those in namespaces aside. */
export function classesOf(source: Source): ClassDeclaration[] {
  return source.statements.filter(isClass);
}

/** The fields of each object of a class, in the order in which they stand there; parameters that are fields included. */
export function fieldsOf(declaration: ClassDeclaration): FieldDeclaration[] {
  return declaration.members.filter(
    (member): member is FieldDeclaration =>
      member.kind === NodeKind.FieldDeclaration && (member.flags & CommonFlags.Static) === 0,
  );
}
