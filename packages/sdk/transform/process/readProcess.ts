import type {
  ClassDeclaration,
  DeclarationStatement,
  DecoratorNode,
  MethodDeclaration,
  NamedTypeNode,
  Node,
  ParameterNode,
  Parser,
} from "assemblyscript";
import { CommonFlags, NodeKind } from "../ast.ts";
import { findDecorator, integerArgument, textArgument, textOf } from "../syntax.ts";
import { reportError } from "../transformError.ts";
import {
  CLASS_MEMBERS,
  type Handler,
  type HandlerKind,
  type Init,
  MOST_HANDLERS,
  type Parameter,
  type ProcessModel,
  REF_MEMBERS,
} from "./processModel.ts";

/** Handlers are numbered as lunatic-rs' macro does: all messages, then all requests, then all deferred requests. */
const ORDER: readonly HandlerKind[] = ["message", "request", "deferred"];
const LIFE = ["init", "linkDeath", "processDeath", "terminate"] as const;

type LifeMethods = { readonly [K in (typeof LIFE)[number]]?: MethodDeclaration };

/**
 * What a class with `@process` says.
 * @returns undefined: it is wrong, and the author has been told
 */
export function readProcess(
  parser: Parser,
  declaration: ClassDeclaration,
  decorator: DecoratorNode,
): ProcessModel | undefined {
  const fail = (node: Node, text: string) => {
    reportError(parser, node.range, text);
    return undefined;
  };
  const name = declaration.name.text;
  if (declaration.typeParameters?.length) {
    return fail(declaration.name, `process ${name} has type parameters: a process class must be of one type`);
  }
  const typeName = textArgument(decorator) ?? name;
  const reader = new MemberReader(parser, declaration);
  const handlers = reader.readHandlers();
  const life = reader.readLife();
  const init = reader.readInit(life.init);
  if (handlers === undefined || init === undefined || reader.hasFailed) return undefined;
  return {
    name,
    typeName,
    isExported: (declaration.flags & CommonFlags.Export) !== 0,
    isRemote: (declaration.flags & CommonFlags.Abstract) !== 0,
    init,
    handlers,
    linkDeath: life.linkDeath?.name.text,
    processDeath: life.processDeath?.name.text,
    terminate: life.terminate?.name.text,
  };
}

class MemberReader {
  readonly #parser: Parser;
  readonly #declaration: ClassDeclaration;
  readonly #methods: readonly MethodDeclaration[];
  hasFailed = false;

  constructor(parser: Parser, declaration: ClassDeclaration) {
    this.#parser = parser;
    this.#declaration = declaration;
    this.#methods = declaration.members.filter(isMethod);
    for (const { name } of declaration.members) {
      if (CLASS_MEMBERS.has(name.text)) {
        this.#fail(
          name,
          `process ${this.#declaration.name.text}: every process class gets a ${name.text} of its own`,
        );
      }
    }
  }

  #fail(node: Node, text: string): undefined {
    reportError(this.#parser, node.range, text);
    this.hasFailed = true;
  }

  /** @returns undefined: one is wrong */
  readHandlers(): Handler[] | undefined {
    const process = this.#declaration.name.text;
    const unnumbered = ORDER.flatMap((kind) =>
      this.#methods.flatMap((method) => {
        const decorator = findDecorator(method, kind);
        if (decorator === undefined) return [];
        const handler = this.#readHandler(kind, method);
        return handler === undefined ? [] : [{ handler, method, chosen: integerArgument(decorator) }];
      }),
    );
    if (unnumbered.length > MOST_HANDLERS) {
      const { method } = unnumbered[MOST_HANDLERS]!;
      return this.#fail(method.name, `process ${process} has more than ${MOST_HANDLERS} handlers`);
    }
    const chosen = unnumbered.filter((one) => one.chosen !== undefined);
    if (chosen.length > 0 && chosen.length < unnumbered.length) {
      const { method } = unnumbered.find((one) => one.chosen === undefined)!;
      return this.#fail(method.name, `process ${process}: give every handler a number, or none`);
    }
    const numbers = new Set<number>();
    return unnumbered.flatMap(({ handler, method, chosen: number = numbers.size + 1 }) => {
      if (number < 1 || number > MOST_HANDLERS || numbers.has(number)) {
        this.#fail(
          method.name,
          `the number of a handler is one from 1 to ${MOST_HANDLERS} that no other has`,
        );
      }
      numbers.add(number);
      return [{ ...handler, number }];
    });
  }

  #readHandler(kind: HandlerKind, method: MethodDeclaration): Omit<Handler, "number"> | undefined {
    const name = method.name.text;
    const process = this.#declaration.name.text;
    if (REF_MEMBERS.has(name)) {
      return this.#fail(
        method.name,
        `a handler cannot be called ${name}: ${process}Ref has a method of this name`,
      );
    }
    if ((method.flags & CommonFlags.Static) !== 0 || method.typeParameters?.length) {
      return this.#fail(method.name, `handler ${name} of ${process} is neither static nor generic`);
    }
    const { parameters, returnType } = method.signature;
    const answer = textOf(returnType) || "void";
    const comment = commentOf(method);
    if (kind === "request") return { kind, name, comment, parameters: parameters.map(toParameter), answer };
    if (answer !== "void") {
      const instead =
        kind === "message" ? "use @request for one that answers" : "it answers through its Deferred";
      return this.#fail(returnType, `@${kind} ${name} returns nothing: ${instead}`);
    }
    if (kind === "message") return { kind, name, comment, parameters: parameters.map(toParameter), answer };
    const last = parameters.at(-1);
    const type = last?.type as NamedTypeNode | undefined;
    if (type?.kind !== NodeKind.NamedType || type.name.identifier.text !== "Deferred") {
      return this.#fail(
        last ?? method.name,
        `the last parameter of @deferred ${name} must be a Deferred<Answer>`,
      );
    }
    return {
      kind,
      name,
      comment,
      parameters: parameters.slice(0, -1).map(toParameter),
      answer: type.typeArguments?.map(textOf).join(", ") ?? "void",
    };
  }

  readLife(): LifeMethods {
    const found: { -readonly [K in keyof LifeMethods]: LifeMethods[K] } = {};
    for (const kind of LIFE) {
      const [first, second] = this.#methods.filter((method) => findDecorator(method, kind) !== undefined);
      if (second !== undefined) {
        this.#fail(second.name, `process ${this.#declaration.name.text} has a second @${kind}`);
      }
      if (first !== undefined) found[kind] = first;
    }
    this.#demand(found.linkDeath, ["Tag"]);
    this.#demand(found.processDeath, ["u64"]);
    this.#demand(found.terminate, []);
    return found;
  }

  #demand(method: MethodDeclaration | undefined, types: readonly string[]): void {
    if (method === undefined) return;
    const { parameters, returnType } = method.signature;
    const has = parameters.map(({ type }) => textOf(type)).join(", ");
    const returns = textOf(returnType) || "void";
    if (has === types.join(", ") && returns === "void") return;
    this.#fail(method.name, `${method.name.text} must be of the type (${types.join(", ")}) => void`);
  }

  /** @param method with `@init`; without one the constructor takes the arguments */
  readInit(method: MethodDeclaration | undefined): Init | undefined {
    const maker = this.#methods.find(({ name }) => name.text === "constructor");
    if (method === undefined) {
      const parameters = maker?.signature.parameters.map(toParameter) ?? [];
      return { method: undefined, parameters, error: undefined };
    }
    if (maker?.signature.parameters.length) {
      return this.#fail(
        maker.name,
        "with an @init the constructor has no parameters: @init takes the arguments",
      );
    }
    const returns = textOf(method.signature.returnType) || "void";
    const error = /^(.*?)\s*\|\s*null$/s.exec(returns)?.[1];
    if (returns !== "void" && error === undefined) {
      return this.#fail(
        method.signature.returnType,
        "@init returns nothing, or what failed: an error or null",
      );
    }
    return { method: method.name.text, parameters: method.signature.parameters.map(toParameter), error };
  }
}

/** The comment above a method, which stands before its decorators. */
function commentOf(method: MethodDeclaration): string {
  const start = Math.min(method.range.start, ...(method.decorators ?? []).map(({ range }) => range.start));
  const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(method.range.source.text.slice(0, start))?.[0];
  return comment === undefined ? "" : `${comment.trimEnd()}\n`;
}

function isMethod(member: DeclarationStatement): member is MethodDeclaration {
  return member.kind === NodeKind.MethodDeclaration;
}

function toParameter(node: ParameterNode): Parameter {
  const type = textOf(node.type);
  const start = `${node.name.text}: ${type}`;
  const text = node.initializer === null ? start : `${start} = ${textOf(node.initializer)}`;
  return { name: node.name.text, type, text };
}
