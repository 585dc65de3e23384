import { RecordingError } from "./recordingError.ts";

/** Reads JSON of a file that anybody may have written: each call checks the type, and says what is wrong. */
export class Fields {
  readonly #value: Readonly<Record<string, unknown>>;
  /** What it is, for errors. */
  readonly #what: string;
  readonly #offset: number;

  /** @throws RecordingError it is no object */
  constructor(value: unknown, what: string, offset: number) {
    this.#what = what;
    this.#offset = offset;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new RecordingError("damaged", `${what} is no object`, offset);
    }
    this.#value = value as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.#value[name] !== undefined;
  }

  /** A finite number. */
  number(name: string, least = -Number.MAX_VALUE): number {
    const value = this.#value[name];
    if (typeof value === "number" && Number.isFinite(value) && value >= least) return value;
    return this.#fail(name, least === 0 ? "a number from 0" : "a number");
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  /** A whole number from 0, below 2^53. */
  whole(name: string): number {
    const value = this.#value[name];
    return isWhole(value) ? value : this.#fail(name, "a whole number");
  }

  optionalWhole(name: string): number | undefined {
    return this.has(name) ? this.whole(name) : undefined;
  }

  text(name: string): string {
    const value = this.#value[name];
    return typeof value === "string" ? value : this.#fail(name, "a text");
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  flag(name: string): boolean {
    const value = this.#value[name];
    return typeof value === "boolean" ? value : this.#fail(name, "true or false");
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.#value[name];
    return allowed.find((each) => each === value) ?? this.#fail(name, `one of ${allowed.join(", ")}`);
  }

  wholes(name: string): readonly number[] {
    const values = this.#list(name);
    return values.every(isWhole) ? (values as readonly number[]) : this.#fail(name, "whole numbers");
  }

  texts(name: string): readonly string[] {
    const values = this.#list(name);
    const areTexts = values.every((value) => typeof value === "string");
    return areTexts ? (values as readonly string[]) : this.#fail(name, "texts");
  }

  /** Tags, each a whole number of 64 bits in decimal digits. */
  tags(name: string): readonly bigint[] {
    const texts = this.texts(name);
    if (!texts.every((text) => /^-?\d{1,19}$/.test(text))) this.#fail(name, "tags");
    return texts.map((text) => BigInt.asIntN(64, BigInt(text)));
  }

  /** An object for each entry of a list. */
  objects(name: string): Fields[] {
    return this.#list(name).map((value) => new Fields(value, `an entry of ${name}`, this.#offset));
  }

  object(name: string): Fields {
    return new Fields(this.#value[name], name, this.#offset);
  }

  /** @throws RecordingError what the caller has found wrong */
  fail(finding: string): never {
    throw new RecordingError("damaged", `${this.#what}: ${finding}`, this.#offset);
  }

  #list(name: string): readonly unknown[] {
    const value = this.#value[name];
    return Array.isArray(value) ? value : this.#fail(name, "a list");
  }

  #fail(name: string, expected: string): never {
    return this.fail(`${name} is not ${expected}`);
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

const TEXT = new TextDecoder("utf-8", { fatal: true });

/** @throws RecordingError */
export function parseFields(bytes: Uint8Array<ArrayBuffer>, what: string, offset: number): Fields {
  let value: unknown;
  try {
    value = JSON.parse(TEXT.decode(bytes));
  } catch {
    throw new RecordingError("damaged", `${what} is not JSON`, offset);
  }
  return new Fields(value, what, offset);
}

export function toJsonBytes(value: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
