/** What follows an opcode in the binary format. */
export type Immediate =
  | "none"
  | "block"
  | "label"
  | "labels"
  | "catches"
  | "local"
  | "global"
  | "function"
  | "type"
  | "indirect"
  | "tag"
  | "table"
  | "twoTables"
  | "element"
  | "elementAndTable"
  | "data"
  | "dataAndMemory"
  | "memory"
  | "twoMemories"
  | "access"
  | "accessAndLane"
  | "i32"
  | "i64"
  | "f32"
  | "f64"
  | "v128"
  | "lane"
  | "heapType"
  | "types"
  | "fence";

/**
 * What an instruction does besides its operands:
 * - `pure`: nothing; it may be skipped or reordered with other pure ones,
 * - `access`: reads memory and may trap out of bounds, nothing else,
 * - `effect`: anything another process, the host or a catch could notice: stores, calls, other traps, control.
 */
export type Effect = "pure" | "access" | "effect";

/**
 * Instructions with consecutive opcodes and the same shape.
 * - `first`: opcode of the first name; 0xfc, 0xfd, 0xfe prefixed ones carry their prefix base (see `opcode.ts`),
 * - `signature`: operands `>` results, a letter each: i i32, l i64, f f32, d f64, v v128, r a reference, ? any
 *   one value; empty when it depends on immediates (calls, control, multi-value),
 * - `names`: as in the text format, separated by spaces,
 * - `bytes`: bytes of memory accessed, for `access` and `accessAndLane`.
 */
export interface OpcodeFamily {
  readonly first: number;
  readonly immediate: Immediate;
  readonly signature: string;
  readonly names: string;
  readonly effect?: Effect;
  readonly bytes?: number;
}

/** A family of instructions without immediates and without effects. */
export function pure(first: number, signature: string, names: string): OpcodeFamily {
  return { first, immediate: "none", signature, names, effect: "pure" };
}

/** A family of instructions without immediates that may trap. */
export function trapping(first: number, signature: string, names: string): OpcodeFamily {
  return { first, immediate: "none", signature, names };
}

/** Loads of `bytes` bytes. */
export function load(first: number, bytes: number, signature: string, names: string): OpcodeFamily {
  return { first, immediate: "access", signature, names, effect: "access", bytes };
}

/** Stores and atomic accesses of `bytes` bytes. */
export function access(first: number, bytes: number, signature: string, names: string): OpcodeFamily {
  return { first, immediate: "access", signature, names, bytes };
}
