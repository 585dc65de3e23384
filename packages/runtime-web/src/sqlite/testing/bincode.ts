import { ByteReader } from "../../protocol/byteReader.ts";
import { ByteWriter } from "../../protocol/byteWriter.ts";

/** A value as a statement is given it, or as a row has it. */
export type SqlValue =
  | null
  | { readonly blob: readonly number[] }
  | string
  | { readonly double: number }
  | { readonly int: number }
  | bigint;

/** Bincode of a BindList, host ABI 3.12. */
export class BindListWriter {
  readonly #writer = new ByteWriter();
  #count = 0;

  /** @param key index from 1, name, or null: none */
  add(key: number | string | null, value: SqlValue): void {
    const writer = this.#writer;
    this.#count++;
    if (key === null) writer.u32(0);
    else if (typeof key === "number") {
      writer.u32(1);
      writer.u64(BigInt(key));
    } else {
      writer.u32(2);
      this.#content(new TextEncoder().encode(key));
    }
    if (value === null) writer.u32(0);
    else if (typeof value === "string") {
      writer.u32(2);
      this.#content(new TextEncoder().encode(value));
    } else if (typeof value === "bigint") {
      writer.u32(5);
      writer.i64(value);
    } else if ("blob" in value) {
      writer.u32(1);
      this.#content(Uint8Array.from(value.blob));
    } else if ("double" in value) {
      writer.u32(3);
      writer.f64(value.double);
    } else {
      writer.u32(4);
      writer.u32(value.int >>> 0);
    }
  }

  finish(): Uint8Array {
    const count = new ByteWriter();
    count.u64(BigInt(this.#count));
    return Uint8Array.from([...count.finish(), ...this.#writer.finish()]);
  }

  #content(bytes: Uint8Array): void {
    this.#writer.u64(BigInt(bytes.length));
    for (const byte of bytes) this.#writer.u8(byte);
  }
}

export function readRow(bytes: Uint8Array): SqlValue[] {
  const reader = new ByteReader(bytes.slice());
  const row = Array.from({ length: Number(reader.u64()) }, () => readValue(reader));
  reader.finish();
  return row;
}

export function readOne(bytes: Uint8Array): SqlValue {
  const reader = new ByteReader(bytes.slice());
  const value = readValue(reader);
  reader.finish();
  return value;
}

export function readTexts(bytes: Uint8Array): string[] {
  const reader = new ByteReader(bytes.slice());
  const texts = Array.from({ length: Number(reader.u64()) }, () => new TextDecoder().decode(content(reader)));
  reader.finish();
  return texts;
}

function readValue(reader: ByteReader): SqlValue {
  const kind = reader.u32();
  if (kind === 0) return null;
  if (kind === 1) return { blob: [...content(reader)] };
  if (kind === 2) return new TextDecoder().decode(content(reader));
  if (kind === 3) return { double: reader.f64() };
  if (kind === 4) return reader.i64();
  throw new Error(`a value of kind ${kind}`);
}

function content(reader: ByteReader): Uint8Array {
  return Uint8Array.from({ length: Number(reader.u64()) }, () => reader.u8());
}
