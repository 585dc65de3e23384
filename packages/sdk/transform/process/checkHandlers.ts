import type { MethodDeclaration, NamedTypeNode, Parser, Source, TypeNode } from "assemblyscript";
import { NodeKind } from "../ast.ts";
import { SendableTypes } from "../message/sendable.ts";
import { classesOf, findDecorator, textOf } from "../syntax.ts";
import { reportError } from "../transformError.ts";

const HANDLERS = ["message", "request", "deferred"];

/**
 * Reports types of handlers that cannot be sent, where the author wrote them. To be called when every class has its
 * generated members.
 */
export function checkHandlers(parser: Parser, sources: readonly Source[]): void {
  const types = new SendableTypes(parser);
  for (const source of sources) {
    const check = (type: TypeNode, what: string) => {
      const problem = types.problemOf(source, type);
      if (problem !== undefined) {
        reportError(parser, type.range, `${what} has type \`${textOf(type)}\`, ${problem}`);
      }
    };
    for (const declaration of classesOf(source)) {
      const name = declaration.name.text;
      const isProcess = ["process", "supervisor"].some(
        (one) => findDecorator(declaration, one) !== undefined,
      );
      if (!isProcess) continue;
      const methods = declaration.members.filter(({ kind }) => kind === NodeKind.MethodDeclaration);
      const hasInit = methods.some((method) => findDecorator(method, "init") !== undefined);
      for (const method of methods as MethodDeclaration[]) {
        const isInit = hasInit
          ? findDecorator(method, "init") !== undefined
          : method.name.text === "constructor";
        const isHandler = HANDLERS.some((one) => findDecorator(method, one) !== undefined);
        if (!isInit && !isHandler) continue;
        const of = `\`${method.name.text}\` of process \`${name}\``;
        for (const { name: parameter, type } of method.signature.parameters) {
          check(type, `parameter \`${parameter.text}\` of ${of}`);
        }
        const answer = isHandler && answerOf(method);
        if (answer) check(answer, `the answer of ${of}`);
      }
    }
  }
}

/** What a request answers; void is none. */
function answerOf({ signature }: MethodDeclaration): TypeNode | undefined {
  const type = signature.returnType as NamedTypeNode;
  return type.kind === NodeKind.NamedType && textOf(type) !== "" && textOf(type) !== "void"
    ? type
    : undefined;
}
