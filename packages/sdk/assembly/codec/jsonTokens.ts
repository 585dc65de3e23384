/** The words of JSON, taken from the message that was received. */

import { isUtf8 } from "../text/utf8";
import * as input from "./input";

const QUOTE: i32 = 0x22;
const BACKSLASH: i32 = 0x5c;

/** The next byte behind white space, without taking it; -1 at the end. */
export function nextByte(): i32 {
  while (true) {
    const next = input.peek();
    if (next != 0x20 && next != 0x0a && next != 0x0d && next != 0x09) return next;
    input.takeNumber<u8>();
  }
}

/** Takes a byte that must come next, behind white space. */
export function expectByte(byte: u8): void {
  if (nextByte() == byte) input.takeNumber<u8>();
  else input.fail(`there is no ${String.fromCharCode(byte)} where one is expected`);
}

/** Takes `true`, `false` or `null`. */
export function takeLiteral(word: string): void {
  nextByte();
  for (let i = 0; i < word.length; i++) {
    if (input.peek() != word.charCodeAt(i)) {
      input.fail(`there is no ${word} where one is expected`);
      return;
    }
    input.takeNumber<u8>();
  }
}

/** Takes what a number consists of; "": there is none. */
export function takeNumberText(): string {
  let text = "";
  nextByte();
  while (isOfNumber(input.peek())) text += String.fromCharCode(input.takeNumber<u8>());
  if (!isNumber(text)) {
    input.fail("there is no number where one is expected");
    return "";
  }
  return text;
}

/** The whole number that a text is, if it fits the type. */
export function wholeNumber<T>(text: string): T {
  const isNegative = text.startsWith("-");
  let magnitude: u64 = 0;
  let isWhole = text.length > <i32>isNegative;
  for (let i = <i32>isNegative; i < text.length && isWhole; i++) {
    const digit = <u64>(text.charCodeAt(i) - 0x30);
    isWhole = digit < 10 && (magnitude < MOST_BEFORE_DIGIT || (magnitude == MOST_BEFORE_DIGIT && digit <= 5));
    magnitude = magnitude * 10 + digit;
  }
  const value = isNegative ? 0 - magnitude : magnitude;
  const result = <T>value;
  // The value of the type that has these bits must be the number itself.
  const fits = isSigned<T>()
    ? <u64>(<i64>result) == value && (result < 0 == isNegative || magnitude == 0)
    : <u64>result == value && (!isNegative || magnitude == 0);
  if (isWhole && fits) return result;
  if (text.length > 0) input.fail("a number does not fit its type");
  return <T>0;
}

/** The tenth of the largest u64. */
const MOST_BEFORE_DIGIT: u64 = u64.MAX_VALUE / 10;

/** The number that the key of a map is. */
export function keyNumber(text: string): f64 {
  if (isNumber(text)) return F64.parseFloat(text);
  input.fail("the key of a map is no number");
  return 0;
}

/** Takes a text in quotes. */
export function takeText(): string {
  if (nextByte() != QUOTE) {
    input.fail("there is no text where one is expected");
    return "";
  }
  input.takeNumber<u8>();
  const bytes = new Array<u8>();
  while (true) {
    const next = input.peek();
    if (next < 0x20) {
      input.fail("a text has no end");
      return "";
    }
    input.takeNumber<u8>();
    if (next == QUOTE) break;
    if (next == BACKSLASH) takeEscape(bytes);
    else bytes.push(<u8>next);
  }
  if (isUtf8(bytes.dataStart, <usize>bytes.length)) {
    return String.UTF8.decodeUnsafe(bytes.dataStart, <usize>bytes.length);
  }
  input.fail("a text is not UTF-8");
  return "";
}

/** Passes over a value of any kind. */
export function skipValue(): void {
  if (!input.enter()) return;
  const next = nextByte();
  if (next == QUOTE) takeText();
  else if (next == 0x7b /* { */) skipElements(0x7d, true);
  else if (next == 0x5b /* [ */) skipElements(0x5d, false);
  else if (next == 0x74 /* t */) takeLiteral("true");
  else if (next == 0x66 /* f */) takeLiteral("false");
  else if (next == 0x6e /* n */) takeLiteral("null");
  else takeNumberText();
  input.leave();
}

function skipElements(close: u8, hasKeys: bool): void {
  input.takeNumber<u8>();
  let isFirst = true;
  while (input.isSound()) {
    if (nextByte() == close) break;
    if (!isFirst) expectByte(0x2c /* , */);
    isFirst = false;
    if (hasKeys) {
      takeText();
      expectByte(0x3a /* : */);
    }
    skipValue();
  }
  expectByte(close);
}

function isOfNumber(byte: i32): bool {
  return isDigit(byte) || byte == 0x2d || byte == 0x2b || byte == 0x2e || (byte | 0x20) == 0x65;
}

/** JSON's numbers: no leading zero, no plus sign, a digit on both sides of the point. */
function isNumber(text: string): bool {
  let at = text.startsWith("-") ? 1 : 0;
  const whole = digitsAt(text, at);
  if (whole == 0 || (whole > 1 && text.charCodeAt(at) == 0x30)) return false;
  at += whole;
  if (at < text.length && text.charCodeAt(at) == 0x2e) {
    const fraction = digitsAt(text, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at < text.length && (text.charCodeAt(at) | 0x20) == 0x65) {
    at++;
    if (at < text.length && (text.charCodeAt(at) == 0x2b || text.charCodeAt(at) == 0x2d)) at++;
    const exponent = digitsAt(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.length;
}

function digitsAt(text: string, at: i32): i32 {
  let count = 0;
  while (at + count < text.length && isDigit(text.charCodeAt(at + count))) count++;
  return count;
}

function isDigit(byte: i32): bool {
  return byte >= 0x30 && byte <= 0x39;
}

function takeEscape(bytes: Array<u8>): void {
  const escaped = input.takeNumber<u8>();
  switch (escaped) {
    case 0x62 /* b */:
      bytes.push(0x08);
      return;
    case 0x66 /* f */:
      bytes.push(0x0c);
      return;
    case 0x6e /* n */:
      bytes.push(0x0a);
      return;
    case 0x72 /* r */:
      bytes.push(0x0d);
      return;
    case 0x74 /* t */:
      bytes.push(0x09);
      return;
    case 0x75 /* u */:
      pushCodePoint(bytes, takeCodePoint());
      return;
    case 0x22:
    case 0x5c:
    case 0x2f:
      bytes.push(escaped);
      return;
    default:
      input.fail("a text has an escape that JSON does not know");
  }
}

/** Four hexadecimal digits, or two times four where they are a surrogate pair. */
function takeCodePoint(): u32 {
  const first = takeHex();
  if ((first & 0xfc00) != 0xd800) return first;
  if (input.takeNumber<u8>() != BACKSLASH || input.takeNumber<u8>() != 0x75) {
    input.fail("a text has half a surrogate pair");
    return 0;
  }
  const second = takeHex();
  if ((second & 0xfc00) != 0xdc00) input.fail("a text has half a surrogate pair");
  return 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
}

function takeHex(): u32 {
  let value: u32 = 0;
  for (let i = 0; i < 4; i++) {
    const byte = <u32>input.takeNumber<u8>();
    const digit = byte < 0x3a ? byte - 0x30 : (byte | 0x20) - 0x57;
    if (digit > 15 || (byte >= 0x3a && digit < 10)) {
      input.fail("a text has an escape that JSON does not know");
      return 0;
    }
    value = (value << 4) | digit;
  }
  return value;
}

/** As UTF-8; a lone surrogate makes bytes that the check of the whole text refuses. */
function pushCodePoint(bytes: Array<u8>, point: u32): void {
  if (point < 0x80) {
    bytes.push(<u8>point);
  } else if (point < 0x800) {
    bytes.push(<u8>(0xc0 | (point >> 6)));
    bytes.push(<u8>(0x80 | (point & 0x3f)));
  } else if (point < 0x10000) {
    bytes.push(<u8>(0xe0 | (point >> 12)));
    bytes.push(<u8>(0x80 | ((point >> 6) & 0x3f)));
    bytes.push(<u8>(0x80 | (point & 0x3f)));
  } else {
    bytes.push(<u8>(0xf0 | (point >> 18)));
    bytes.push(<u8>(0x80 | ((point >> 12) & 0x3f)));
    bytes.push(<u8>(0x80 | ((point >> 6) & 0x3f)));
    bytes.push(<u8>(0x80 | (point & 0x3f)));
  }
}
