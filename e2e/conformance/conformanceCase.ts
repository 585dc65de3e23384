/**
 * A module in the language of the snippets: the WebAssembly text format with shorter calls and literals.
 *
 * - A host function is called by its name, `(message.send 7)`, as are the functions of prelude.wat, `(word)`.
 * - A number takes the type its place asks for; `$name` in the place of a value reads that local variable.
 * - A string stands for its address and its length, and so does `@name` for a module of `modules`.
 * - `(report value)` adds a number to what the case reports, `(dump address length)` bytes, `(say "text")` a text.
 *
 * Addresses from 256 to 4095 are free for the snippet, and so is everything from 16384 on; the rest is the prelude's.
 */
export interface Program {
  /** Of the function that the process starts with. */
  readonly body: string;
  /** Exported functions: of children, and for trap::catch. Each begins with its parameters, if it has any. */
  readonly entries?: Readonly<Record<string, string>>;
  /** More fields of the module, in the plain text format: globals (of i64, if they are reported), a start function. */
  readonly fields?: string;
  /** Initial size of the memory in pages of 64 KiB. Default 1; 0 = the module has no memory. */
  readonly pages?: number;
  /** Other modules, for `@name`. */
  readonly modules?: Readonly<Record<string, Program>>;
}

/** One statement of the host ABI, and a program that shows whether it holds. */
export interface ConformanceCase extends Program {
  /** Of the host ABI. */
  readonly chapter: string;
  /** What is guaranteed. */
  readonly name: string;
  /** What the case's own process reports: numbers as signed 64 bits, bytes in hexadecimal, and texts. Default nothing. */
  readonly reports?: readonly (number | bigint | string)[];
  /** How the process ends: the type of the exit cause, and a part of its message if there is one. Default "returned". */
  readonly ends?: string;
  /** A part of each notice that whoever watches gets, in order. Default none. */
  readonly notices?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly preopens?: readonly string[];
  /** What the native runtime does instead, where docs/compatibility.md says that ours is better or different. */
  readonly natively?: string;
}
