import { typeName } from "../registry/typeName";
import { nothing } from "./nothing";

/**
 * A value that may be missing, for types that have no `null`: numbers and booleans. On the wire it is Rust's `Option`,
 * as is a field of the type `string | null`.
 *
 * ```ts
 * @message class Reading { celsius: Option<f64> = Option.none<f64>(); }
 * ```
 */
export class Option<T> {
  private constructor(
    private present: bool,
    private content: T,
  ) {}

  /** A value that is there. */
  static some<T>(value: T): Option<T> {
    return new Option<T>(true, value);
  }

  /** No value. */
  static none<T>(): Option<T> {
    return new Option<T>(false, nothing<T>());
  }

  /** Whether there is a value. */
  get isSome(): bool {
    return this.present;
  }

  /** Whether there is none. */
  get isNone(): bool {
    return !this.present;
  }

  /** The value. If there is none, the process panics. */
  get value(): T {
    assert(this.present, "the option has no value");
    return this.content;
  }

  /** The value, or another one in its place. */
  or(other: T): T {
    return this.present ? this.content : other;
  }

  /** Writes it into a message. */
  __encode<W>(writer: W): void {
    if (!this.present) {
      writer.none();
    } else {
      writer.some();
      writer.put<T>(this.content);
    }
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    this.present = reader.isPresent();
    if (this.present) this.content = reader.get<T>();
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return `core::option::Option<${typeName<T>()}>`;
  }
}
