import { decodePunycode } from "./punycode.ts";

/** A symbol is not what the mangling's grammar says. */
export class InvalidSymbol extends Error {
  override readonly name = "InvalidSymbol";
}

/** The terminals of the v0 mangling's grammar, read from one symbol. Everything throws InvalidSymbol. */
export class SymbolReader {
  readonly text: string;
  /** Position of the next character. Back references move it. */
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** A name, without what tells it from others of the same name. */
  identifier(): string {
    const isPunycode = this.eat("u");
    const digits = /^(0|[1-9][0-9]*)/.exec(this.text.slice(this.at, this.at + 8))?.[0];
    if (digits === undefined) throw new InvalidSymbol();
    this.at += digits.length;
    this.eat("_");
    const end = this.at + Number(digits);
    if (end > this.text.length) throw new InvalidSymbol();
    const name = this.text.slice(this.at, end);
    this.at = end;
    return isPunycode ? decodeName(name) : name;
  }

  /** 0 for the first of its name. */
  disambiguator(): number {
    return this.eat("s") ? this.base62() + 1 : 0;
  }

  /** A number; the lone terminator is 0. */
  base62(): number {
    if (this.eat("_")) return 0;
    let value = 0;
    for (;;) {
      const digit = this.next();
      if (digit === "_") return value + 1;
      value = value * 62 + base62Digit(digit);
      // Crate hashes have 64 bits; what they lose as a double is printed nowhere.
      if (value > 2 ** 64) throw new InvalidSymbol();
    }
  }

  /** Whether the next character is the expected one, which is then read. */
  eat(expected: string): boolean {
    if (this.text[this.at] !== expected) return false;
    this.at++;
    return true;
  }

  next(): string {
    const next = this.text[this.at++];
    if (next === undefined) throw new InvalidSymbol();
    return next;
  }

  /** Lower-case digits of a constant's value. */
  hexadecimal(): string {
    const end = this.text.indexOf("_", this.at);
    const digits = end < 0 ? "" : this.text.slice(this.at, end);
    if (!/^[0-9a-f]+$/.test(digits)) throw new InvalidSymbol();
    this.at = end + 1;
    return digits;
  }
}

function base62Digit(digit: string): number {
  if (digit >= "0" && digit <= "9") return digit.charCodeAt(0) - 48;
  if (digit >= "a" && digit <= "z") return digit.charCodeAt(0) - 97 + 10;
  if (digit >= "A" && digit <= "Z") return digit.charCodeAt(0) - 65 + 36;
  throw new InvalidSymbol();
}

function decodeName(encoded: string): string {
  // The mangling has `_` where Punycode has its delimiter `-`.
  const decoded = decodePunycode(encoded.replace(/_(?=[^_]*$)/, "-"));
  if (decoded === undefined) throw new InvalidSymbol();
  return decoded;
}
