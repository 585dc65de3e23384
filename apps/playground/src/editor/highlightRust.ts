import { readByRules, splitIntoLines, type Token, type TokenKind, type TokenRule } from "./token.ts";

const KEYWORDS = new Set(
  (
    "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod " +
    "move mut pub ref return self static struct super trait true type unsafe use where while yield"
  ).split(" "),
);
const PRIMITIVES = new Set(
  "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize".split(" "),
);

/** Ordered: the first that matches at a position wins. Raw strings and block comments nest and are read by hand. */
const RULES: readonly TokenRule[] = [
  ["comment", /\/\/[^\n]*/y],
  ["attribute", /#!?\[[^\]\n]*\]/y],
  ["string", /[bc]?"(?:[^"\\]|\\[\s\S])*"?/y],
  ["character", /b?'(?:[^'\\\n]|\\(?:u\{[^}\n]*\}|x[0-9a-fA-F]{2}|[^\n]))'/y],
  ["lifetime", /'[\p{XID_Start}_][\p{XID_Continue}]*/uy],
  ["number", /\d(?:[\d_]*\.\d[\d_]*(?:[eE][+-]?[\d_]+)?|[\d_]*[eE][+-]?[\d_]+|[\w]*)(?:_?[iuf]\d+)?/y],
  ["word", /(?:r#)?[\p{XID_Start}_][\p{XID_Continue}]*/uy],
  ["plain", /\s+/y],
  ["plain", /[^\s\w'"#/]+/y],
];

/**
 * Splits Rust source into coloured pieces, for reading only: it looks at words, not at grammar, and never fails.
 * @returns pieces whose texts, joined, are the source
 */
export function highlightRust(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const token =
      readRawString(source, at) ?? readBlockComment(source, at) ?? readByRules(source, at, RULES, wordKind);
    const last = tokens.at(-1);
    if (token.kind === "plain" && last?.kind === "plain") {
      tokens[tokens.length - 1] = { kind: "plain", text: last.text + token.text };
    } else {
      tokens.push(token);
    }
    at += token.text.length;
  }
  return tokens;
}

/** The same pieces, line by line; a piece that spans lines is cut. */
export function highlightRustLines(source: string): Token[][] {
  return splitIntoLines(highlightRust(source));
}

function wordKind(word: string, source: string, end: number): TokenKind {
  if (KEYWORDS.has(word)) return "keyword";
  if (source[end] === "!" && source[end + 1] !== "=") return "macro";
  if (PRIMITIVES.has(word) || /^[A-Z](?=.*[a-z]|$)/.test(word) || word === "Self") return "type";
  return /^\s*(?:::<[^()]*>)?\(/.test(source.slice(end, end + 80)) ? "function" : "plain";
}

function readRawString(source: string, at: number): Token | undefined {
  const opening = /b?r(#*)"/y;
  opening.lastIndex = at;
  const match = opening.exec(source);
  if (!match) return undefined;
  const closing = `"${match[1]}`;
  const end = source.indexOf(closing, at + match[0].length);
  return { kind: "string", text: source.slice(at, end === -1 ? source.length : end + closing.length) };
}

function readBlockComment(source: string, at: number): Token | undefined {
  if (!source.startsWith("/*", at)) return undefined;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  let depth = 0;
  for (let match = edge.exec(source); match; match = edge.exec(source)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return { kind: "comment", text: source.slice(at, edge.lastIndex) };
  }
  return { kind: "comment", text: source.slice(at) };
}
