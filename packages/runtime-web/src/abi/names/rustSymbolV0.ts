import { InvalidSymbol, SymbolReader } from "./symbolReader.ts";

/**
 * Rust's "v0" symbol mangling (RFC 2603, "Symbol Mangling" in the rustc book), printed as rustc-demangle's alternate
 * form does: without crate hashes and without types of constants. Symbols come from a guest's name section, so any
 * text may arrive: nesting and output are bounded, and what does not parse is undefined.
 */

/** Deeper symbols are not written by compilers; the limit keeps the host's own stack safe. */
const MAX_DEPTH = 160;
/** Back references can make a short symbol expand without bound. */
const MAX_OUTPUT = 16_384;

const BASIC_TYPES: Readonly<Record<string, string>> = {
  a: "i8",
  b: "bool",
  c: "char",
  d: "f64",
  e: "str",
  f: "f32",
  h: "u8",
  i: "isize",
  j: "usize",
  l: "i32",
  m: "u32",
  n: "i128",
  o: "u128",
  p: "_",
  s: "i16",
  t: "u16",
  u: "()",
  v: "...",
  x: "i64",
  y: "u64",
  z: "!",
};

/** The path that a symbol starting with `_R` stands for, or undefined if it is not a valid one. */
export function demangleV0(symbol: string): string | undefined {
  // A suffix such as `.llvm.123` or `.command_export` is the linker's.
  const match = /^_R([A-Za-z0-9_]*)(\..*)?$/.exec(symbol);
  if (match === null) return undefined;
  try {
    return new Printer(match[1]!).symbol();
  } catch (error) {
    if (error instanceof InvalidSymbol) return undefined;
    throw error;
  }
}

class Printer {
  readonly #reader: SymbolReader;
  #depth = 0;
  #out = "";
  /** Lifetimes that binders around the current position introduce. */
  #boundLifetimes = 0;
  /** While > 0 the text is parsed but not printed. */
  #muted = 0;

  /** @param text the symbol behind `_R`; positions of back references count from here */
  constructor(text: string) {
    this.#reader = new SymbolReader(text);
  }

  symbol(): string {
    this.#path(true);
    // The instantiating crate, if there is one, tells nothing to a reader.
    if (this.#reader.at < this.#reader.text.length) {
      this.#muted++;
      this.#path(false);
      this.#muted--;
    }
    if (this.#reader.at !== this.#reader.text.length) throw new InvalidSymbol();
    return this.#out;
  }

  /** @param inValue generic arguments are written `::<…>` in values and `<…>` in types */
  #path(inValue: boolean): void {
    this.#enter();
    const tag = this.#reader.next();
    switch (tag) {
      case "C":
        this.#reader.disambiguator();
        this.#print(this.#reader.identifier());
        break;
      case "N":
        this.#nested(inValue);
        break;
      case "M":
        this.#implPath();
        this.#print("<");
        this.#type();
        this.#print(">");
        break;
      case "X":
        this.#implPath();
        this.#qualified();
        break;
      case "Y":
        this.#qualified();
        break;
      case "I":
        this.#path(inValue);
        this.#print(inValue ? "::<" : "<");
        this.#list(() => this.#genericArgument());
        this.#print(">");
        break;
      case "B":
        this.#backReference(() => this.#path(inValue));
        break;
      default:
        throw new InvalidSymbol();
    }
    this.#depth--;
  }

  #nested(inValue: boolean): void {
    const namespace = this.#reader.next();
    if (!/[A-Za-z]/.test(namespace)) throw new InvalidSymbol();
    this.#path(inValue);
    const index = this.#reader.disambiguator();
    const name = this.#reader.identifier();
    if (namespace >= "a") {
      if (name !== "") this.#print(`::${name}`);
      return;
    }
    const kind = namespace === "C" ? "closure" : namespace === "S" ? "shim" : namespace;
    this.#print(`::{${kind}${name === "" ? "" : `:${name}`}#${index}}`);
  }

  /** Where an impl was written; its self type names it well enough. */
  #implPath(): void {
    this.#reader.disambiguator();
    this.#muted++;
    this.#path(false);
    this.#muted--;
  }

  #qualified(): void {
    this.#print("<");
    this.#type();
    this.#print(" as ");
    this.#path(false);
    this.#print(">");
  }

  #genericArgument(): void {
    if (this.#reader.eat("L")) this.#lifetime();
    else if (this.#reader.eat("K")) this.#constant();
    else this.#type();
  }

  #type(): void {
    const tag = this.#reader.next();
    const basic = BASIC_TYPES[tag];
    if (basic !== undefined) {
      this.#print(basic);
      return;
    }
    this.#enter();
    switch (tag) {
      case "R":
      case "Q":
        this.#print("&");
        if (this.#reader.eat("L")) this.#optionalLifetime();
        if (tag === "Q") this.#print("mut ");
        this.#type();
        break;
      case "P":
        this.#print("*const ");
        this.#type();
        break;
      case "O":
        this.#print("*mut ");
        this.#type();
        break;
      case "A":
      case "S":
        this.#print("[");
        this.#type();
        if (tag === "A") {
          this.#print("; ");
          this.#constant();
        }
        this.#print("]");
        break;
      case "T": {
        this.#print("(");
        const count = this.#list(() => this.#type());
        this.#print(count === 1 ? ",)" : ")");
        break;
      }
      case "F":
        this.#binder(() => this.#functionSignature());
        break;
      case "D":
        this.#print("dyn ");
        this.#binder(() => this.#list(() => this.#dynTrait(), " + "));
        if (!this.#reader.eat("L")) throw new InvalidSymbol();
        this.#dynLifetime();
        break;
      case "B":
        this.#backReference(() => this.#type());
        break;
      default:
        // Not a type of its own: a path that names one.
        this.#reader.at--;
        this.#path(false);
    }
    this.#depth--;
  }

  #functionSignature(): void {
    if (this.#reader.eat("U")) this.#print("unsafe ");
    if (this.#reader.eat("K")) {
      const abi = this.#reader.eat("C") ? "C" : this.#reader.identifier().replaceAll("_", "-");
      this.#print(`extern "${abi}" `);
    }
    this.#print("fn(");
    this.#list(() => this.#type());
    this.#print(")");
    if (this.#reader.eat("u")) return;
    this.#print(" -> ");
    this.#type();
  }

  #dynTrait(): void {
    let open = this.#openPath();
    while (this.#reader.eat("p")) {
      this.#print(open ? ", " : "<");
      open = true;
      this.#print(`${this.#reader.identifier()} = `);
      this.#type();
    }
    if (open) this.#print(">");
  }

  /** A path whose generic arguments stay open for associated types. @returns whether a `<` is open */
  #openPath(): boolean {
    if (this.#reader.eat("B")) {
      let open = false;
      this.#backReference(() => {
        open = this.#openPath();
      });
      return open;
    }
    if (!this.#reader.eat("I")) {
      this.#path(false);
      return false;
    }
    this.#path(false);
    this.#print("<");
    this.#list(() => this.#genericArgument());
    return true;
  }

  #constant(): void {
    this.#enter();
    const tag = this.#reader.next();
    if (tag === "p") this.#print("_");
    else if (tag === "B") this.#backReference(() => this.#constant());
    else if (tag === "b") this.#print(boolText(this.#reader.hexadecimal()));
    else if (tag === "c") this.#print(charText(this.#reader.hexadecimal()));
    else if ("hmtjoy".includes(tag)) this.#print(integerText(this.#reader.hexadecimal()));
    else if ("alsixn".includes(tag)) {
      if (this.#reader.eat("n")) this.#print("-");
      this.#print(integerText(this.#reader.hexadecimal()));
    } else throw new InvalidSymbol();
    this.#depth--;
  }

  #binder(body: () => void): void {
    const added = this.#reader.eat("G") ? this.#reader.base62() + 1 : 0;
    // More than a symbol's own length cannot be used by it.
    if (added > this.#reader.text.length) throw new InvalidSymbol();
    if (added > 0) {
      const names = Array.from({ length: added }, (_, i) => lifetimeName(this.#boundLifetimes + i));
      this.#print(`for<${names.join(", ")}> `);
    }
    this.#boundLifetimes += added;
    body();
    this.#boundLifetimes -= added;
  }

  #lifetime(): void {
    this.#print(this.#lifetimeText(this.#reader.base62()));
  }

  /** Of a reference: an erased one is left out. */
  #optionalLifetime(): void {
    const index = this.#reader.base62();
    if (index !== 0) this.#print(`${this.#lifetimeText(index)} `);
  }

  #dynLifetime(): void {
    const index = this.#reader.base62();
    if (index !== 0) this.#print(` + ${this.#lifetimeText(index)}`);
  }

  /** @param index 0 is the erased lifetime, 1 the innermost bound one */
  #lifetimeText(index: number): string {
    if (index === 0) return "'_";
    if (index > this.#boundLifetimes) throw new InvalidSymbol();
    return lifetimeName(this.#boundLifetimes - index);
  }

  #backReference(body: () => void): void {
    const start = this.#reader.at - 1;
    const target = this.#reader.base62();
    // Only backwards, so that every reference ends; what it leads to is bounded by depth and output.
    if (target >= start) throw new InvalidSymbol();
    if (this.#muted > 0) return;
    const resumeAt = this.#reader.at;
    this.#reader.at = target;
    this.#enter();
    body();
    this.#depth--;
    this.#reader.at = resumeAt;
  }

  #list(element: () => void, separator = ", "): number {
    let count = 0;
    while (!this.#reader.eat("E")) {
      if (count++ > 0) this.#print(separator);
      element();
    }
    return count;
  }

  #print(text: string): void {
    if (this.#muted > 0) return;
    this.#out += text;
    if (this.#out.length > MAX_OUTPUT) throw new InvalidSymbol();
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) throw new InvalidSymbol();
  }
}

function lifetimeName(index: number): string {
  return index < 26 ? `'${String.fromCharCode(97 + index)}` : `'_${index}`;
}

/** Values beyond 64 bits stay hexadecimal, as rustc-demangle leaves them. */
function integerText(hex: string): string {
  return hex.length > 16 ? `0x${hex}` : BigInt(`0x${hex}`).toString();
}

function boolText(hex: string): string {
  if (hex !== "0" && hex !== "1") throw new InvalidSymbol();
  return hex === "1" ? "true" : "false";
}

function charText(hex: string): string {
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new InvalidSymbol();
  return `'${String.fromCodePoint(code)}'`;
}
