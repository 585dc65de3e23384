/** Name of the custom section of a module that tells what its messages are, as JSON in UTF-8. */
export const MESSAGE_SECTION = "lunatic.messages";
/** Goes up when an older reader would misunderstand a newer section. */
export const MESSAGE_SECTION_VERSION = 1;

/** Name and type, as the author wrote them. */
export type TypedName = readonly [name: string, type: string];

/** What a program's messages are, by the names its author gave. A name that means two things is left out. */
export interface MessageTypes {
  readonly version: number;
  /** Fields of classes with `@message`, and their type parameters. */
  readonly classes: Readonly<
    Record<string, { readonly of?: readonly string[]; readonly fields: readonly TypedName[] }>
  >;
  /** Cases of abstract classes with `@message`. */
  readonly sums: Readonly<Record<string, readonly MessageCase[]>>;
  readonly enums: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  /** Handlers of classes with `@process`, by their numbers. */
  readonly processes: Readonly<Record<string, Readonly<Record<string, MessageHandler>>>>;
  /** What functions with a mailbox receive, by their names. */
  readonly mailboxes: Readonly<Record<string, string>>;
}

/** Number on the wire, name, fields. */
export type MessageCase = readonly [index: number, name: string, fields: readonly TypedName[]];
/** Name and parameters; whether the address of who waits for an answer follows them. */
export type MessageHandler = readonly [name: string, parameters: readonly TypedName[], answers: boolean];

const TEXT = new TextDecoder("utf-8", { fatal: true });

/**
 * What a module says of its messages.
 * @param section content of the module's section of the name MESSAGE_SECTION
 * @returns undefined: it is of another version, or damaged
 */
export function readMessageTypes(section: Uint8Array): MessageTypes | undefined {
  try {
    const value = JSON.parse(TEXT.decode(section)) as Partial<MessageTypes>;
    if (value.version !== MESSAGE_SECTION_VERSION) return undefined;
    const nothing = { classes: {}, sums: {}, enums: [], aliases: {}, processes: {}, mailboxes: {} };
    return { ...nothing, ...value, version: value.version };
  } catch {
    // Anybody may have written it. Without it messages are shown as bytes.
    return undefined;
  }
}
