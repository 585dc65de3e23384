export type TokenKind =
  | "attribute"
  | "character"
  | "comment"
  | "function"
  | "keyword"
  | "lifetime"
  | "macro"
  | "number"
  | "plain"
  | "string"
  | "type";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** The pieces of a text line by line; a piece that spans lines is cut. */
export function splitIntoLines(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const { kind, text } of tokens) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)!.push({ kind, text: part });
    }
  }
  return lines;
}

/** What a sticky pattern finds; of a word its surroundings say more. */
export type TokenRule = readonly [TokenKind | "word", RegExp];

/**
 * The piece that begins at a place: of the first rule that matches there, or a plain character if none does.
 * @param wordKind what a word is, which ends before `end` in the source
 */
export function readByRules(
  source: string,
  at: number,
  rules: readonly TokenRule[],
  wordKind: (word: string, source: string, end: number) => TokenKind,
): Token {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text === undefined) continue;
    return { kind: kind === "word" ? wordKind(text, source, at + text.length) : kind, text };
  }
  return { kind: "plain", text: String.fromCodePoint(source.codePointAt(at)!) };
}
