/** Numbers that look random and repeat for a seed (xorshift32). */
export function createRandom(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Random = ReturnType<typeof createRandom>;

/** What people leave behind while they type, and what no one would. */
const FRAGMENTS = [
  ..."(){}[]<>;:,.@`'\"\\/*=!?&|#$\0\u2028",
  "${",
  "/*",
  "//",
  "`",
  "\r\n",
  "=>",
  "...",
  "@message",
  '@operator("+")',
  "class",
  "class X extends X {}",
  "extends",
  "export default",
  'import * as all from "lunatic";',
  'import "./nothing";',
  "function f<T extends T>(): T { return f<T[]>(); }",
  "namespace N {",
  "interface",
  "declare",
  "get",
  "static",
  "new",
  "this",
  "super",
  "null",
  "yield",
  "await",
  "9".repeat(400),
  "0x",
  "1e999",
  "\\u{110000}",
  "😀",
  "\ud800",
];

/** A copy of a program with one to four changes: what is deleted, inserted, moved, swapped, doubled or cut off. */
export function breakProgram(text: string, random: Random): string {
  let tokens: string[] = text.match(/[A-Za-z_]\w*|\d[\w.]*|\s+|./gs) ?? [];
  for (let changes = 1 + random(4); changes > 0; changes--) tokens = breakOnce(tokens, random);
  return tokens.join("");
}

function breakOnce(tokens: readonly string[], random: Random): string[] {
  const at = random(tokens.length + 1);
  const length = 1 + random(random(4) === 0 ? 80 : 4);
  const before = tokens.slice(0, at);
  const taken = tokens.slice(at, at + length);
  const after = tokens.slice(at + length);
  switch (random(10)) {
    case 0:
      return [...before, ...after];
    case 1:
      return [...before, FRAGMENTS[random(FRAGMENTS.length)] ?? "", ...taken, ...after];
    case 2:
      return [...before, ...taken.reverse(), ...after];
    case 3:
      return [...before, ...taken, ...taken, ...after];
    case 4:
      return before;
    case 5: {
      const target = random(after.length + 1);
      return [...before, ...after.slice(0, target), ...taken, ...after.slice(target)];
    }
    case 6:
      return [...before, tokens[random(tokens.length)] ?? "", ...after];
    default:
      return replaceWord(tokens, random);
  }
}

/** One name or number in the place of another: such programs mostly parse, and reach the checker. */
function replaceWord(tokens: readonly string[], random: Random): string[] {
  const words = tokens.flatMap((token, index) => (/^\w/.test(token) ? [index] : []));
  const changed = [...tokens];
  const target = words[random(words.length)];
  const source = words[random(words.length)];
  if (target !== undefined && source !== undefined) changed[target] = tokens[source] ?? "";
  return changed;
}
