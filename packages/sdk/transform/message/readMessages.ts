import type { ClassDeclaration, DecoratorNode, Parser, Source } from "assemblyscript";
import { CommonFlags, NodeKind } from "../ast.ts";
import { classesOf, fieldsOf, findDecorator, integerArgument, textArgument, textOf } from "../syntax.ts";
import { reportError } from "../transformError.ts";
import type { MessageCase, MessageClass, MessageField, SumType } from "./messageModel.ts";

export interface Messages {
  readonly classes: readonly MessageClass[];
  readonly sumTypes: readonly SumType[];
}

/** The messages that a source declares. What is wrong with them is told to the author and left out. */
export function readMessages(parser: Parser, source: Source): Messages {
  const declarations = classesOf(source);
  const decorated = declarations.filter((declaration) => findDecorator(declaration, "message") !== undefined);
  const sums = decorated.filter(isAbstract);
  const classes: MessageClass[] = [];
  const casesOf = new Map<ClassDeclaration, MessageClass[]>(sums.map((sum) => [sum, []]));
  for (const declaration of declarations) {
    const base = baseOf(declaration, declarations);
    const isCase = base !== undefined && sums.includes(base);
    if (!decorated.includes(declaration) && !isCase) continue;
    if (isAbstract(declaration)) {
      checkSumType(parser, declaration);
    } else {
      const message = readMessage(parser, declaration, isCase ? base : undefined);
      if (message === undefined) continue;
      if (isCase) casesOf.get(base)?.push(message);
      else if (base === undefined || isPlain(parser, declaration, base)) classes.push(message);
    }
  }
  return { classes, sumTypes: sums.map((sum) => readSumType(parser, sum, casesOf.get(sum) ?? [])) };
}

function readMessage(
  parser: Parser,
  declaration: ClassDeclaration,
  sum: ClassDeclaration | undefined,
): MessageClass | undefined {
  const inherited = sum === undefined ? [] : readFields(parser, sum);
  const own = readFields(parser, declaration);
  if (inherited === undefined || own === undefined) return undefined;
  const parameters = declaration.typeParameters?.map(({ name }) => name.text) ?? [];
  const name = declaration.name.text;
  return {
    declaration,
    type: parameters.length === 0 ? name : `${name}<${parameters.join(", ")}>`,
    rustName: rustNameOf(findDecorator(declaration, "message")),
    fields: [...inherited, ...own],
    origin: declaration.name.range,
  };
}

function readFields(parser: Parser, declaration: ClassDeclaration): MessageField[] | undefined {
  const fields: MessageField[] = [];
  for (const { name, type, flags } of fieldsOf(declaration)) {
    if (type === null) {
      const text = `field \`${name.text}\` of message \`${declaration.name.text}\` has no type: write it behind the name`;
      reportError(parser, name.range, text);
      return undefined;
    }
    // Reported by checkMessages; its text would not always be a type by itself.
    if (type.kind === NodeKind.FunctionType) continue;
    fields.push({
      name: name.text,
      type: textOf(type),
      isNullable: type.isNullable,
      isReadonly: (flags & CommonFlags.Readonly) !== 0,
    });
  }
  return fields;
}

function readSumType(
  parser: Parser,
  declaration: ClassDeclaration,
  messages: readonly MessageClass[],
): SumType {
  const name = declaration.name.text;
  if (messages.length === 0) {
    const text = `message \`${name}\` is abstract, but no class in this file extends it: there is nothing to send`;
    reportError(parser, declaration.name.range, text);
  }
  const cases: MessageCase[] = [];
  for (const message of messages) {
    const decorator = findDecorator(message.declaration, "variant");
    const index = decorator === undefined ? (cases.at(-1)?.index ?? -1) + 1 : integerArgument(decorator);
    if (index === undefined || cases.some((other) => other.index === index)) {
      const range = (decorator ?? message.declaration.name).range;
      const text = `\`${message.declaration.name.text}\` needs a number of its own among the cases of \`${name}\`: @variant(3)`;
      reportError(parser, range, text);
    } else {
      cases.push({ message, index });
    }
  }
  const decorator = findDecorator(declaration, "message");
  return { declaration, rustName: rustNameOf(decorator), cases, origin: declaration.name.range };
}

function checkSumType(parser: Parser, { name, typeParameters, extendsType }: ClassDeclaration): void {
  if (typeParameters?.length) {
    reportError(parser, name.range, `message \`${name.text}\` has cases, so it cannot have type parameters`);
  }
  if (extendsType !== null) {
    const text = `message \`${name.text}\` has cases, so it cannot be a case itself: put it into a field of one`;
    reportError(parser, extendsType.range, text);
  }
}

/** What a message extends would be sent without what the message adds. */
function isPlain(parser: Parser, { name, extendsType }: ClassDeclaration, base: ClassDeclaration): boolean {
  const text =
    `message \`${name.text}\` extends \`${base.name.text}\`, whose fields it would not send: make the base an` +
    " abstract class with @message, of which this is a case, or repeat its fields here";
  reportError(parser, (extendsType ?? name).range, text);
  return false;
}

/** The class of the same file that a class extends. */
function baseOf(
  { extendsType }: ClassDeclaration,
  declarations: readonly ClassDeclaration[],
): ClassDeclaration | undefined {
  if (extendsType === null) return undefined;
  return declarations.find(({ name }) => name.text === extendsType.name.identifier.text);
}

function isAbstract({ flags }: ClassDeclaration): boolean {
  return (flags & CommonFlags.Abstract) !== 0;
}

function rustNameOf(decorator: DecoratorNode | undefined): string | undefined {
  return decorator === undefined ? undefined : textArgument(decorator);
}
