/** A message of TypeScript that means nothing in AssemblyScript. */
export interface FalseError {
  readonly code: number;
  readonly reason: string;
}

/** Errors of TypeScript that correct programs have. The compiler has its own for what is wrong. */
export const FALSE_ERRORS: readonly FalseError[] = [
  { code: 1206, reason: "decorators stand on functions and variables too: @test, @inline" },
  { code: 1219, reason: "decorators need no option" },
  { code: 1249, reason: "decorators stand on overloads too" },
  {
    code: 2362,
    reason: "operators are overloaded: the left side of an arithmetic operation may be an object",
  },
  {
    code: 2363,
    reason: "operators are overloaded: the right side of an arithmetic operation may be an object",
  },
  { code: 2365, reason: "operators are overloaded: + and < apply to objects" },
  { code: 2367, reason: "== may be overloaded, and compares numbers of different types" },
  {
    code: 2515,
    reason: "the compiler adds methods to @supervisor classes, and reports other missing ones itself",
  },
  { code: 2564, reason: "fields of number types are 0 without an initializer" },
  { code: 2737, reason: "BigInt literals play no part" },
];

const CODES = new Set(FALSE_ERRORS.map(({ code }) => code));

/** Whether an editor should leave a diagnostic of TypeScript out. */
export function isFalseError({ code }: Pick<TypeScriptDiagnostic, "code">): boolean {
  return CODES.has(code);
}

/** What matters here of a diagnostic of TypeScript. */
export interface TypeScriptDiagnostic {
  readonly code: number;
  readonly start?: number | undefined;
  readonly length?: number | undefined;
}

/**
 * What an editor shows of a file of which the language service sees more than the author (`withDeclarations`).
 * @param syntactic of the whole text: what the author has left open shows behind his text, and is moved to its end
 * @param semantic  of the whole text: those behind the author's text are none of his
 * @param textLength of the author's text
 */
export function shownDiagnostics<D extends TypeScriptDiagnostic>(
  syntactic: readonly D[],
  semantic: readonly D[],
  textLength: number,
): D[] {
  const isBehind = ({ start = 0 }: D) => start > textLength;
  return [
    ...syntactic.map((one) => (isBehind(one) ? { ...one, start: textLength, length: 0 } : one)),
    ...semantic.filter((one) => !isBehind(one)),
  ].filter((one) => !isFalseError(one));
}
