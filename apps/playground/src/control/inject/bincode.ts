import { BodyError } from "./bodyError.ts";

/**
 * Values as Rust writes them, one after the other: 5, 5u8, -1i64, 2.5, 1f32, true, "text", 'c', [1, 2], (). They are
 * encoded as bincode does, in which the Rust crate and the framework write messages: numbers little-endian in full
 * width, a number without a type as i32 or f64, a text with its length before it, a list with its length, a variant of
 * an enum as its index in u32.
 *
 * @throws BodyError
 */
export function encodeValues(text: string): Uint8Array {
  const bytes: number[] = [];
  const tokens = tokenize(text);
  for (let at = 0; at < tokens.length; ) at = encodeValue(tokens, at, bytes);
  return Uint8Array.from(bytes);
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|('(?:[^'\\]|\\.)')|([[\](),])|([^\s,"'[\]()]+))/uy;
/** Deeper lists than anybody writes; each level is a call. */
const MAX_DEPTH = 100;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new BodyError(`A text or a character does not end: ${text.slice(from).trim()}`);
    // Commas may stand between values; they say nothing.
    if (match[3] !== ",") tokens.push(match[0].trim());
  }
  return tokens;
}

/** @returns where the next value begins */
function encodeValue(tokens: readonly string[], at: number, into: number[], depth = 0): number {
  const token = tokens[at]!;
  if (depth > MAX_DEPTH) throw new BodyError("So many lists in lists are no message");
  if (token === "[" || token === "(") {
    const close = token === "[" ? "]" : ")";
    const content: number[] = [];
    let count = 0;
    let next = at + 1;
    for (; tokens[next] !== close; count++) {
      if (next >= tokens.length) throw new BodyError(`A "${token}" has no "${close}"`);
      next = encodeValue(tokens, next, content, depth + 1);
    }
    // A tuple has no length of its own: both sides know it.
    if (token === "[") pushInteger(into, BigInt(count), 8);
    for (const byte of content) into.push(byte);
    return next + 1;
  }
  encodeToken(token, into);
  return at + 1;
}

function encodeToken(token: string, into: number[]): void {
  if (token === "]" || token === ")") throw new BodyError(`There is a "${token}" without its beginning`);
  if (token === "true" || token === "false") into.push(token === "true" ? 1 : 0);
  else if (token.startsWith('"')) pushText(into, unescapeText(token.slice(1, -1)));
  else if (token.startsWith("'")) {
    for (const byte of new TextEncoder().encode(unescapeText(token.slice(1, -1)))) into.push(byte);
  } else encodeNumber(token, into);
}

function encodeNumber(token: string, into: number[]): void {
  const match = /^(-?(?:0x[0-9a-f_]+?|[\d_]+(\.\d+)?(?:e[+-]?\d+)?))(?:_?([iuf])(8|16|32|64|128))?$/i.exec(
    token,
  );
  if (!match) throw new BodyError(`"${token}" is no value; texts stand in "…"`);
  const [, written, fraction, kind, width] = match;
  const digits = written!.replaceAll("_", "");
  const isFloat = kind === "f" || (kind === undefined && (fraction !== undefined || /^-?\d+e/i.test(digits)));
  if (isFloat) {
    const bits = Number(width ?? 64);
    if (bits !== 32 && bits !== 64) throw new BodyError(`There is no type f${width}`);
    pushFloat(into, Number(digits), bits);
    return;
  }
  if (fraction !== undefined || /^-?\d+e/i.test(digits)) throw new BodyError(`${token} is no whole number`);
  const isSigned = kind !== "u";
  const bits = BigInt(width ?? 32);
  const value = digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits);
  const least = isSigned ? -(2n ** (bits - 1n)) : 0n;
  const most = 2n ** (isSigned ? bits - 1n : bits) - 1n;
  if (value < least || value > most) {
    throw new BodyError(
      `${written} does not fit into ${kind ?? "i"}${bits}; write its type behind it, as in 5u64`,
    );
  }
  pushInteger(into, BigInt.asUintN(Number(bits), value), Number(bits) / 8);
}

function pushInteger(into: number[], value: bigint, bytes: number): void {
  for (let index = 0; index < bytes; index++) into.push(Number((value >> BigInt(8 * index)) & 0xffn));
}

function pushFloat(into: number[], value: number, bits: 32 | 64): void {
  const view = new DataView(new ArrayBuffer(bits / 8));
  if (bits === 32) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  into.push(...new Uint8Array(view.buffer));
}

function pushText(into: number[], text: string): void {
  const bytes = new TextEncoder().encode(text);
  pushInteger(into, BigInt(bytes.length), 8);
  for (const byte of bytes) into.push(byte);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

function unescapeText(text: string): string {
  return text.replace(/\\(.)/gsu, (_, character: string) => ESCAPES[character] ?? character);
}
