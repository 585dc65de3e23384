import {
  type Expression,
  isNumber,
  isText,
  isVariable,
  parseExpressions,
  textLength,
} from "./expressions.ts";
import type { FunctionSignature, ValueType } from "./hostFunctions.ts";

/** Where a snippet's strings and modules go. */
export interface ConstantPool {
  /** Address and length of a string, given with its quotes. */
  text(quoted: string): readonly [address: number, length: number];
  /** Address and length of the module `@name`. */
  module(name: string): readonly [address: number, length: number];
}

/** Heads whose first word is a name of theirs and not a value. */
const NAMING = /^(local\.(get|set|tee)|global\.(get|set)|call|br|br_if|loop|block|func|param|result|local)$/;
const COMPARISON = /^i(32|64)\.(eqz|eq|ne|[lg][te](_[su])?)$/;
const ADDRESSED = /^[if](32|64)\.(load|store)/;

/**
 * Translates snippets into the text format. The language is told in conformanceCase.ts.
 * @throws {SyntaxError} a wrong number of arguments, or a number whose type nothing tells
 */
export class SnippetTranslator {
  readonly #functions: ReadonlyMap<string, FunctionSignature>;
  readonly #constants: ConstantPool;
  /** Names of the functions that what was translated calls. */
  readonly called = new Set<string>();
  #locals = new Map<string, string>();

  /** @param functions what snippets call without `call`, by name */
  constructor(functions: ReadonlyMap<string, FunctionSignature>, constants: ConstantPool) {
    this.#functions = functions;
    this.#constants = constants;
  }

  /** The content of one function: declarations and statements. */
  translate(text: string): string {
    this.#locals = new Map();
    return parseExpressions(text)
      .map((statement) => this.#emit(statement))
      .join("\n    ");
  }

  #emit(expression: Expression): string {
    if (typeof expression === "string")
      return isVariable(expression) ? `(local.get ${expression})` : expression;
    const [head, ...operands] = expression;
    if (typeof head !== "string") return `(${expression.map((part) => this.#emit(part)).join(" ")})`;
    if (head === "local" || head === "param") this.#locals.set(String(operands[0]), String(operands[1]));
    if (head === "report") return this.#report(operands);
    const signature = this.#functions.get(head);
    if (signature !== undefined) return this.#call(head, signature, operands);
    const words = operands.map((operand, index) => {
      if (index === 0 && NAMING.test(head)) return String(operand);
      return isNumber(operand) ? constant(operandType(head, index), operand) : this.#emit(operand);
    });
    return `(${[head, ...words].join(" ")})`;
  }

  #call(name: string, signature: FunctionSignature, operands: readonly Expression[]): string {
    this.called.add(name);
    const values: string[] = [];
    for (const operand of operands) {
      if (isText(operand)) values.push(...this.#range(this.#constants.text(operand)));
      else if (typeof operand === "string" && operand.startsWith("@"))
        values.push(...this.#range(this.#constants.module(operand.slice(1))));
      else if (isNumber(operand)) values.push(constant(signature.params[values.length], operand));
      else values.push(this.#emit(operand));
    }
    if (values.length !== signature.params.length) {
      throw new SyntaxError(
        `${name} takes ${signature.params.length} values, not ${values.length}: ${values.join(" ")}`,
      );
    }
    const call = `(call $${name} ${values.join(" ")})`;
    return name === "process.spawn" ? `(call $spawned ${call})` : call;
  }

  #report(operands: readonly Expression[]): string {
    const value = operands[0]!;
    if (isNumber(value)) return `(call $report (i64.const ${value}))`;
    const emitted = this.#emit(value);
    return `(call $report ${this.#typeOf(value) === "i64" ? emitted : `(i64.extend_i32_s ${emitted})`})`;
  }

  #typeOf(expression: Expression): string | undefined {
    if (typeof expression === "string") return this.#locals.get(expression);
    const [head, name] = expression;
    if (typeof head !== "string") return undefined;
    if (head === "local.get") return this.#locals.get(String(name));
    if (head === "global.get") return "i64";
    if (COMPARISON.test(head)) return "i32";
    return this.#functions.get(head)?.result ?? /^[if](32|64)/.exec(head)?.[0];
  }

  #range([address, length]: readonly [number, number]): string[] {
    return [`(i32.const ${address})`, `(i32.const ${length})`];
  }
}

/** The type of a number that stands as an operand of an instruction; undefined where it is no value. */
function operandType(head: string, index: number): ValueType | undefined {
  if (head.endsWith(".const")) return undefined;
  if (ADDRESSED.test(head) && index === 0) return "i32";
  if (head.startsWith("i64.extend_i32") || /^(memory\.|if$|drop$)/.test(head)) return "i32";
  if (head === "i32.wrap_i64" || head.startsWith("i64.")) return "i64";
  if (head.startsWith("i32.")) return "i32";
  return undefined;
}

function constant(type: ValueType | undefined, number: string): string {
  return type === undefined ? number : `(${type}.const ${number})`;
}

/** Lays out strings and modules one behind the other, each once. */
export class ConstantLayout implements ConstantPool {
  #next: number;
  readonly #modules: ReadonlyMap<string, Uint8Array>;
  readonly #placed = new Map<string, { address: number; length: number; data: string }>();

  constructor(address: number, modules: ReadonlyMap<string, Uint8Array>) {
    this.#next = address;
    this.#modules = modules;
  }

  text(quoted: string): readonly [address: number, length: number] {
    return this.#place(quoted, textLength(quoted), quoted);
  }

  module(name: string): readonly [address: number, length: number] {
    const bytes = this.#modules.get(name);
    if (bytes === undefined) throw new SyntaxError(`The program has no module @${name}`);
    const digits = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`);
    return this.#place(`@${name}`, bytes.length, `"${digits.join("")}"`);
  }

  /** The data segments, as fields of the module. */
  segments(): string[] {
    return [...this.#placed.values()].map(({ address, data }) => `(data (i32.const ${address}) ${data})`);
  }

  #place(key: string, length: number, data: string): readonly [address: number, length: number] {
    let place = this.#placed.get(key);
    if (place === undefined) {
      place = { address: this.#next, length, data };
      this.#placed.set(key, place);
      this.#next = (this.#next + length + 15) & ~7;
    }
    return [place.address, place.length];
  }
}
