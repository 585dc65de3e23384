import * as output from "./output";
import { putValue } from "./putValue";

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;

/** Whether a comma is due before the next field. */
let needsComma: bool = false;

/** Writes JSON as Rust's serde_json does: cases of sum types are an object with the case's name as its only key. */
export class JsonWriter {
  /** A value of any type that can be sent. */
  put<T>(value: T): void {
    putValue<T, JsonWriter>(this, value);
    needsComma = true;
  }

  /** A boolean. */
  bool(value: bool): void {
    output.putUtf8(value ? "true" : "false");
  }

  /** A whole number. */
  integer<T>(value: T): void {
    output.putUtf8(value.toString());
  }

  /** A number with a fraction; JSON has none that are not finite. */
  float<T>(value: T): void {
    output.putUtf8(isFinite<T>(value) ? value.toString() : "null");
  }

  /** A text. */
  text(value: string): void {
    byte(QUOTE);
    let from = 0;
    for (let i = 0, length = value.length; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit >= 0x20 && unit != QUOTE && unit != BACKSLASH) continue;
      output.putUtf8(value.substring(from, i));
      escape(<u8>unit);
      from = i + 1;
    }
    output.putUtf8(from == 0 ? value : value.substring(from));
    byte(QUOTE);
  }

  /** The value that has no content. */
  unit(): void {
    output.putUtf8("null");
  }

  /** Nothing, where there could be a value. */
  none(): void {
    output.putUtf8("null");
  }

  /** A value follows, where there could be none. */
  some(): void {}

  /** Elements follow. */
  beginList(_count: i32): void {
    byte(0x5b /* [ */);
    needsComma = false;
  }

  /** The next element follows. */
  beginItem(): void {
    comma();
  }

  /** The elements are through. */
  endList(): void {
    byte(0x5d /* ] */);
    needsComma = true;
  }

  /** Entries follow. */
  beginMap(_count: i32): void {
    this.beginStruct(0);
  }

  /** The key of an entry; its value follows. JSON has only texts for keys. */
  key<K>(key: K): void {
    comma();
    if (isString<K>()) {
      this.text(<string>key);
    } else if (isInteger<K>() || isFloat<K>()) {
      byte(QUOTE);
      output.putUtf8(key.toString());
      byte(QUOTE);
    } else {
      ERROR("the keys of a map must be texts or numbers in JSON");
    }
    byte(0x3a /* : */);
  }

  /** The entries are through. */
  endMap(): void {
    this.endStruct();
  }

  /** Fields follow. */
  beginStruct(_fields: i32): void {
    byte(0x7b /* { */);
    needsComma = false;
  }

  /** The name of a field; its value follows. */
  field(name: string): void {
    this.key<string>(name);
  }

  /** The fields are through. */
  endStruct(): void {
    byte(0x7d /* } */);
    needsComma = true;
  }

  /** One case of a sum type, by its name; its fields follow. */
  variant(name: string, fields: i32): void {
    if (fields == 0) {
      this.text(name);
      return;
    }
    this.beginStruct(1);
    this.key<string>(name);
    this.beginStruct(fields);
  }

  /** The case is through. */
  endVariant(fields: i32): void {
    if (fields == 0) return;
    this.endStruct();
    this.endStruct();
  }
}

function byte(value: u8): void {
  output.putNumber<u8>(value);
}

function comma(): void {
  if (needsComma) byte(0x2c /* , */);
  needsComma = true;
}

function escape(unit: u8): void {
  byte(BACKSLASH);
  switch (unit) {
    case QUOTE:
    case BACKSLASH:
      byte(unit);
      return;
    case 0x08:
      byte(0x62 /* b */);
      return;
    case 0x09:
      byte(0x74 /* t */);
      return;
    case 0x0a:
      byte(0x6e /* n */);
      return;
    case 0x0c:
      byte(0x66 /* f */);
      return;
    case 0x0d:
      byte(0x72 /* r */);
      return;
    default:
      output.putUtf8("u00");
      byte(hexDigit(unit >> 4));
      byte(hexDigit(unit & 15));
  }
}

function hexDigit(value: u8): u8 {
  return value < 10 ? 0x30 + value : 0x57 + value;
}
