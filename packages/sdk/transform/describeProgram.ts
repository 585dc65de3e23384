import type { FunctionDeclaration, NamedTypeNode, Source, TypeDeclaration } from "assemblyscript";
import {
  MESSAGE_SECTION_VERSION,
  type MessageCase,
  type MessageHandler,
  type MessageTypes,
  type TypedName,
} from "../trace/messageTypes.ts";
import { NodeKind } from "./ast.ts";
import type { MessageClass } from "./message/messageModel.ts";
import type { Messages } from "./message/readMessages.ts";
import type { ProcessModel } from "./process/processModel.ts";
import { textOf } from "./syntax.ts";

const MAILBOXES: ReadonlySet<string> = new Set(["Mailbox", "SignalMailbox"]);

/** Values by name; a name that is given a second one means neither. */
class Names<T> {
  readonly #values = new Map<string, T | undefined>();

  add(name: string, value: T): void {
    this.#values.set(name, this.#values.has(name) ? undefined : value);
  }

  toRecord(): Record<string, T> {
    const known = [...this.#values].filter((entry): entry is [string, T] => entry[1] !== undefined);
    return Object.fromEntries(known);
  }
}

/** Gathers what a program says of its messages, for those who look at them from outside while it runs. */
export class ProgramDescription {
  readonly #classes = new Names<MessageTypes["classes"][string]>();
  readonly #sums = new Names<readonly MessageCase[]>();
  readonly #enums = new Names<true>();
  readonly #aliases = new Names<string>();
  readonly #processes = new Names<Record<string, MessageHandler>>();
  readonly #mailboxes = new Names<string>();

  addProcess({ name, handlers }: ProcessModel): void {
    const numbered = handlers.map(({ kind, name, parameters, number }): [string, MessageHandler] => [
      String(number),
      [name, parameters.map(({ name, type }): TypedName => [name, type]), kind !== "message"],
    ]);
    this.#processes.add(name, Object.fromEntries(numbered));
  }

  addMessages({ classes, sumTypes }: Messages): void {
    for (const message of classes) {
      const { declaration } = message;
      const of = declaration.typeParameters?.map(({ name }) => name.text) ?? [];
      const fields = fieldsOf(message);
      this.#classes.add(declaration.name.text, of.length === 0 ? { fields } : { of, fields });
    }
    for (const { declaration, cases } of sumTypes) {
      const told = cases.map(
        ({ index, message }): MessageCase => [index, message.declaration.name.text, fieldsOf(message)],
      );
      this.#sums.add(declaration.name.text, told);
    }
  }

  /** Enums, other names of types, and functions with a mailbox. */
  addDeclarations(source: Source): void {
    for (const statement of source.statements) {
      if (statement.kind === NodeKind.EnumDeclaration) {
        this.#enums.add((statement as FunctionDeclaration).name.text, true);
      } else if (statement.kind === NodeKind.TypeDeclaration) {
        const { name, type, typeParameters } = statement as TypeDeclaration;
        if (!typeParameters?.length) this.#aliases.add(name.text, textOf(type));
      } else if (statement.kind === NodeKind.FunctionDeclaration) {
        this.#addFunction(statement as FunctionDeclaration);
      }
    }
  }

  /** undefined: there is nothing to tell. */
  toJson(): string | undefined {
    const types: MessageTypes = {
      version: MESSAGE_SECTION_VERSION,
      classes: this.#classes.toRecord(),
      sums: this.#sums.toRecord(),
      enums: Object.keys(this.#enums.toRecord()),
      aliases: this.#aliases.toRecord(),
      processes: this.#processes.toRecord(),
      mailboxes: this.#mailboxes.toRecord(),
    };
    const told = Object.entries(types).filter(([, value]) => Object.keys(Object(value)).length > 0);
    // Of names for types alone nobody learns anything.
    if (Object.keys(types.processes).length + Object.keys(types.mailboxes).length === 0) return undefined;
    return JSON.stringify({ version: MESSAGE_SECTION_VERSION, ...Object.fromEntries(told) });
  }

  /** One with another codec than bincode is left out: its messages are texts, or tell their own fields. */
  #addFunction({ name, signature }: FunctionDeclaration): void {
    const type = signature.parameters.at(-1)?.type as NamedTypeNode | undefined;
    if (type?.kind !== NodeKind.NamedType || !MAILBOXES.has(type.name.identifier.text)) return;
    const [message, codec] = type.typeArguments ?? [];
    if (message !== undefined && codec === undefined) this.#mailboxes.add(name.text, textOf(message));
  }
}

function fieldsOf({ fields }: MessageClass): TypedName[] {
  return fields.map(({ name, type }) => [name, type]);
}
