import { readByRules, splitIntoLines, type Token, type TokenKind, type TokenRule } from "./token.ts";

const KEYWORDS = new Set(
  (
    "abstract as break case class const continue declare default do else enum export extends false finally for from " +
    "function get if implements import in instanceof interface let namespace new null of override private protected " +
    "public readonly return set static super switch this throw true try type typeof var while"
  ).split(" "),
);
/** AssemblyScript's types of values. */
const PRIMITIVES = new Set(
  "bool boolean f32 f64 i8 i16 i32 i64 isize number string u8 u16 u32 u64 usize v128 void".split(" "),
);

/** Ordered: the first that matches at a position wins. Regular expressions are not told from divisions. */
const RULES: readonly TokenRule[] = [
  ["comment", /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/y],
  ["string", /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?/y],
  ["attribute", /@[\p{ID_Start}$_][\p{ID_Continue}$]*/uy],
  ["number", /(?:0[xob][\da-f_]+|\d[\d_]*(?:\.[\d_]+)?(?:e[+-]?[\d_]+)?)/iy],
  ["word", /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy],
  ["plain", /\s+/y],
];

/**
 * Splits a program in TypeScript syntax into coloured pieces, to be read before an editor is there.
 * It looks at words, not at grammar, and never fails.
 * @returns pieces by line; joined by line breaks their texts are the source
 */
export function highlightTypeScriptLines(source: string): Token[][] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; ) {
    const token = readByRules(source, at, RULES, wordKind);
    tokens.push(token);
    at += token.text.length;
  }
  return splitIntoLines(tokens);
}

function wordKind(word: string, source: string, end: number): TokenKind {
  if (PRIMITIVES.has(word)) return "type";
  if (KEYWORDS.has(word)) return "keyword";
  if (/^[A-Z](?=.*[a-z]|$)/.test(word)) return "type";
  return /^\s*(?:<[^()]*>)?\(/.test(source.slice(end, end + 80)) ? "function" : "plain";
}
