/**
 * What kind of trap an engine's message names, so that V8's and SpiderMonkey's texts, and the suite's own, compare.
 * SpiderMonkey has one text for memory and tables: it is `bounds`, which agrees with either.
 */
export type TrapKind = string;

const KINDS: readonly (readonly [TrapKind, RegExp])[] = [
  ["unreachable", /unreachable/],
  ["memory bounds", /memory access out of bounds|out of bounds memory access|data segment .*out of bounds/],
  [
    "table bounds",
    /table index is out of bounds|out of bounds table access|table .*out of bounds|undefined element|element segment/,
  ],
  ["division by zero", /divi(de|sion) by zero|remainder by zero|integer divide by zero/],
  [
    "integer overflow",
    /divide result unrepresentable|integer overflow|float unrepresentable|invalid conversion/,
  ],
  // V8 has one text for both: "null function or function signature mismatch".
  ["indirect call", /null function|uninitialized|undefined$|indirect call|signature mismatch/],
  ["null reference", /null (pointer|reference|function reference)|dereferencing a null/],
  ["alignment", /unaligned/],
  ["bounds", /out of bounds/],
];

export function trapKind(message: string): TrapKind {
  return KINDS.find(([, pattern]) => pattern.test(message.toLowerCase()))?.[0] ?? message;
}

/** Whether two traps are of one kind as far as the engine tells them apart. */
export function sameTrap(a: TrapKind, b: TrapKind): boolean {
  return a === b || (a === "bounds" && b.endsWith("bounds")) || (b === "bounds" && a.endsWith("bounds"));
}
