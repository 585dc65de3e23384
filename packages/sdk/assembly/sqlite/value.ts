import { ByteWriter } from "./byteWriter";

/** What a value of a database can be. */
export enum ValueKind {
  /** Nothing. */
  Null,
  /** Bytes. */
  Blob,
  /** A string. */
  Text,
  /** A floating point number of 64 bits. */
  Double,
  /** 32 bits. Only for binding: what is read is an Int64. */
  Int,
  /** A whole number of 64 bits. */
  Int64,
}

/**
 * A value of a database: bound to a statement, or read from a row. `kind` says which it is; reading it as something
 * else traps.
 *
 * ```ts
 * const rows = client.query("select name, age from users");
 * for (let i = 0; i < rows.length; i++) print(rows[i][0].text + " " + rows[i][1].int64.toString());
 * ```
 */
export class Value {
  private constructor(
    /** What the value is, and so which of the properties can be read. */
    readonly kind: ValueKind,
    /** The number, or the bits of a double. */
    private readonly bits: u64,
    /** Of a text, in UTF-8, and of a blob. */
    private readonly bytes: Uint8Array | null,
  ) {}

  /** Null. */
  static nothing(): Value {
    return new Value(ValueKind.Null, 0, null);
  }

  /** A blob. The bytes are not copied: do not change them before the value is bound. */
  static ofBlob(bytes: Uint8Array): Value {
    return new Value(ValueKind.Blob, 0, bytes);
  }

  /** A text; sqlite gets it in UTF-8. */
  static ofText(text: string): Value {
    return new Value(ValueKind.Text, 0, Uint8Array.wrap(String.UTF8.encode(text)));
  }

  /** A floating point number. */
  static ofDouble(value: f64): Value {
    return new Value(ValueKind.Double, reinterpret<u64>(value), null);
  }

  /** A whole number of 32 bits. It is read as an Int64. */
  static ofInt(value: i32): Value {
    return new Value(ValueKind.Int, <u64>value, null);
  }

  /** A whole number of 64 bits. */
  static ofInt64(value: i64): Value {
    return new Value(ValueKind.Int64, <u64>value, null);
  }

  /**
   * The value of a number, bool, string, Uint8Array or Value, or of null where the type allows it. Other types do
   * not compile.
   */
  static of<T>(value: T): Value {
    if (isReference<T>()) {
      if (isNullable<T>()) {
        if (changetype<usize>(value) == 0) return Value.nothing();
        return Value.of<NonNullable<T>>(changetype<NonNullable<T>>(value));
      }
      if (isString<T>()) return Value.ofText(value);
      if (value instanceof Value) return value;
      if (value instanceof Uint8Array) return Value.ofBlob(value);
      ERROR("a database takes numbers, bools, strings, Uint8Arrays and Values");
    }
    if (isFloat<T>()) return Value.ofDouble(<f64>value);
    if (sizeof<T>() < 8 && isSigned<T>()) return Value.ofInt(<i32>value);
    if (sizeof<T>() < 4) return Value.ofInt(<i32>value);
    return Value.ofInt64(<i64>value);
  }

  /** Whether it is null, which each of the other properties traps at. */
  get isNull(): bool {
    return this.kind == ValueKind.Null;
  }

  /** The bytes of a blob. Another kind traps. */
  get blob(): Uint8Array {
    assert(this.kind == ValueKind.Blob, "the value is not a blob");
    return this.bytes!;
  }

  /** The string of a text. Another kind traps. */
  get text(): string {
    assert(this.kind == ValueKind.Text, "the value is not a text");
    const bytes = this.bytes!;
    return String.UTF8.decodeUnsafe(bytes.dataStart, bytes.byteLength);
  }

  /** The number of a double. Another kind traps, whole numbers too. */
  get double(): f64 {
    assert(this.kind == ValueKind.Double, "the value is not a double");
    return reinterpret<f64>(this.bits);
  }

  /** The number of an Int or an Int64. Another kind traps. */
  get int64(): i64 {
    assert(this.kind == ValueKind.Int || this.kind == ValueKind.Int64, "the value is not a whole number");
    return <i64>this.bits;
  }

  /** The number of an Int, or of an Int64 that is small enough. Another kind or a larger number traps. */
  get int(): i32 {
    const value = this.int64;
    assert(value == <i64>(<i32>value), "the number needs more than 32 bits");
    return <i32>value;
  }

  /** As a person would read it. */
  toString(): string {
    switch (this.kind) {
      case ValueKind.Null:
        return "null";
      case ValueKind.Blob:
        return `blob of ${this.bytes!.byteLength} bytes`;
      case ValueKind.Text:
        return this.text;
      case ValueKind.Double:
        return this.double.toString();
      default:
        return this.int64.toString();
    }
  }

  /** As the host takes it to bind it. */
  __write(writer: ByteWriter): void {
    writer.u32(this.kind);
    switch (this.kind) {
      case ValueKind.Null:
        break;
      case ValueKind.Blob:
      case ValueKind.Text:
        writer.bytes(this.bytes!);
        break;
      case ValueKind.Int:
        writer.u32(<u32>this.bits);
        break;
      default:
        writer.u64(this.bits);
    }
  }

  /** The value as a type of the program; the reverse of `of`. A double column may hold whole numbers. */
  __as<T>(): T {
    if (isReference<T>()) {
      if (isNullable<T>()) {
        if (this.isNull) return changetype<T>(0);
        return changetype<T>(this.__as<NonNullable<T>>());
      }
      if (isString<T>()) return changetype<T>(this.text);
      if (idof<T>() == idof<Value>()) return changetype<T>(this);
      if (idof<T>() == idof<Uint8Array>()) return changetype<T>(this.blob);
      ERROR("a row has numbers, bools, strings, Uint8Arrays and Values");
    }
    if (isFloat<T>()) return <T>(this.kind == ValueKind.Double ? this.double : <f64>this.int64);
    if (isBoolean<T>()) return <T>(this.int64 != 0);
    return <T>this.int64;
  }
}
