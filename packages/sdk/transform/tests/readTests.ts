import type { DecoratorNode, FunctionDeclaration, Parser, Source } from "assemblyscript";
import { CommonFlags, NodeKind } from "../ast.ts";
import { findDecorator, textArgument } from "../syntax.ts";
import { reportError } from "../transformError.ts";

/** A function with `@test`. */
export interface TestFunction {
  readonly source: Source;
  readonly declaration: FunctionDeclaration;
  /** The export by which test runners find it, and what they expect of it. */
  readonly exportName: string;
}

/** The tests that sources declare. */
export function readTests(parser: Parser, sources: readonly Source[]): TestFunction[] {
  return sources.flatMap((source) =>
    source.statements
      .filter(
        (statement): statement is FunctionDeclaration => statement.kind === NodeKind.FunctionDeclaration,
      )
      .flatMap((declaration) => readTest(parser, source, declaration) ?? []),
  );
}

function readTest(
  parser: Parser,
  source: Source,
  declaration: FunctionDeclaration,
): TestFunction | undefined {
  const { name, signature, typeParameters, flags } = declaration;
  const ignore = findDecorator(declaration, "ignore");
  const shouldPanic = findDecorator(declaration, "shouldPanic");
  if (findDecorator(declaration, "test") === undefined) {
    for (const decorator of [ignore, shouldPanic]) {
      if (decorator !== undefined)
        reportError(parser, decorator.range, "only a function with @test can have this");
    }
    return undefined;
  }
  const returned = signature.returnType.range.toString();
  if (signature.parameters.length > 0 || typeParameters?.length || returned !== "void") {
    reportError(parser, name.range, `test \`${name.text}\` must be a function (): void`);
    return undefined;
  }
  if ((flags & CommonFlags.Export) === 0) declaration.flags = flags | CommonFlags.Export;
  const path = source.internalPath.replaceAll("/", "::");
  const expectation = (ignore === undefined ? "" : "#ignore_") + panicMarker(parser, shouldPanic);
  return { source, declaration, exportName: `#lunatic_test_${expectation}${path}::${name.text}` };
}

function panicMarker(parser: Parser, decorator: DecoratorNode | undefined): string {
  if (decorator === undefined) return "";
  const text = decorator.args?.length ? textArgument(decorator) : "";
  if (text === undefined) {
    reportError(
      parser,
      decorator.range,
      'write the text that the panic must contain: @shouldPanic("out of range")',
    );
    return "";
  }
  return `#panic_${text.replaceAll("#", "\\#")}#`;
}
