import type {
  ClassDeclaration,
  NamedTypeNode,
  Parser,
  Source,
  TypeDeclaration,
  TypeNode,
} from "assemblyscript";
import { NodeKind } from "../ast.ts";
import { Declarations, type Declared } from "../declarations.ts";
import { isClass, textOf } from "../syntax.ts";

/** Types of AssemblyScript itself that codecs know. */
const KNOWN = new Set(
  (
    "i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 bool boolean string String ArrayBuffer Array StaticArray Map Set " +
    "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Int64Array Uint64Array " +
    "Float32Array Float64Array"
  ).split(" "),
);

/** Numbers as wide as an address: 4 bytes here, 8 in the messages of others. */
const AS_WIDE_AS_ADDRESSES = new Map([
  ["usize", "u64"],
  ["isize", "i64"],
]);

/** Classes of the framework whose first type argument is the type of a message; the second is a codec. */
export const CARRIERS = new Set(["Process", "Mailbox", "SignalMailbox", "ProcessName", "Task"]);

/** Says of types whether their values can be sent. */
export class SendableTypes {
  readonly #declarations: Declarations;

  constructor(parser: Parser) {
    this.#declarations = new Declarations(parser);
  }

  /**
   * Why values of a type cannot be sent, as the end of a sentence: "…, which is not a @message".
   * @param parameters names that stand for types which are checked where they are known
   * @returns undefined: they can, or the compiler itself has something to say about the type
   */
  problemOf(source: Source, type: TypeNode, parameters: ReadonlySet<string> = new Set()): string | undefined {
    return this.#problemOf(source, type, parameters, 0);
  }

  #problemOf(
    source: Source,
    type: TypeNode,
    parameters: ReadonlySet<string>,
    depth: number,
  ): string | undefined {
    if (type.kind === NodeKind.FunctionType) return "and functions cannot be sent";
    // Aliases that lead in a circle are the compiler's to report.
    if (type.kind !== NodeKind.NamedType || depth > 50) return undefined;
    const named = type as NamedTypeNode;
    if (named.name.next !== null) return undefined;
    const name = named.name.identifier.text;
    if (parameters.has(name)) return undefined;
    const fixed = AS_WIDE_AS_ADDRESSES.get(name);
    if (fixed !== undefined) return `whose size is not the same everywhere: use ${fixed}`;
    const own = this.#ownProblem(source, name, parameters, depth);
    if (own !== undefined) return own;
    const written = named.typeArguments ?? [];
    for (const argument of CARRIERS.has(name) ? written.slice(0, 1) : written) {
      const inner = this.#problemOf(source, argument, parameters, depth + 1);
      if (inner !== undefined) return inner.replace(/^which is/, `and \`${textOf(argument)}\` is`);
    }
    return undefined;
  }

  #ownProblem(
    source: Source,
    name: string,
    parameters: ReadonlySet<string>,
    depth: number,
  ): string | undefined {
    const found = this.#declarations.find(source, name);
    if (found === undefined) {
      if (KNOWN.has(name) || this.#declarations.findGlobal(name) === undefined) return undefined;
      return "which is not a @message";
    }
    const { declaration } = found;
    if (declaration.kind === NodeKind.TypeDeclaration) {
      return this.#problemOf(found.source, (declaration as TypeDeclaration).type, parameters, depth + 1);
    }
    if (declaration.kind === NodeKind.EnumDeclaration) return undefined;
    if (isClass(declaration) && this.#canEncode({ declaration, source: found.source }, declaration))
      return undefined;
    return "which is not a @message";
  }

  /** Whether a class, or one that it extends, says how it is written into messages. */
  #canEncode({ source }: Declared, declaration: ClassDeclaration): boolean {
    if (declaration.members.some(({ name }) => /^__encode(?:Variant)?$/.test(name.text))) return true;
    const base = declaration.extendsType?.name.identifier.text;
    const found = base === undefined ? undefined : this.#declarations.find(source, base);
    if (found === undefined || !isClass(found.declaration) || found.declaration === declaration) return false;
    return this.#canEncode(found, found.declaration);
  }
}
