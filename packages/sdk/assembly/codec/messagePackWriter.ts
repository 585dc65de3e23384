import * as output from "./output";
import { putValue } from "./putValue";

/** Writes MessagePack as Rust's rmp-serde does: structs as arrays, cases of sum types as a map from their name. */
export class MessagePackWriter {
  /** A value of any type that can be sent. */
  put<T>(value: T): void {
    putValue<T, MessagePackWriter>(this, value);
  }

  /** A boolean. */
  bool(value: bool): void {
    byte(value ? 0xc3 : 0xc2);
  }

  /** A whole number, in as few bytes as it needs. */
  integer<T>(value: T): void {
    if (isSigned<T>()) {
      if (value < 0) {
        negative(<i64>value);
        return;
      }
    }
    positive(<u64>value);
  }

  /** A number with a fraction. */
  float<T>(value: T): void {
    if (sizeof<T>() == 4) prefixed<u32>(0xca, reinterpret<u32>(<f32>value));
    else prefixed<u64>(0xcb, reinterpret<u64>(<f64>value));
  }

  /** A text. */
  text(value: string): void {
    const length = <u32>String.UTF8.byteLength(value);
    if (length < 32) byte(<u8>(0xa0 | length));
    else if (length < 256) prefixed<u8>(0xd9, <u8>length);
    else if (length < 65_536) prefixed<u16>(0xda, <u16>length);
    else prefixed<u32>(0xdb, length);
    output.putUtf8(value);
  }

  /** The value that has no content. */
  unit(): void {
    byte(0xc0);
  }

  /** Nothing, where there could be a value. */
  none(): void {
    byte(0xc0);
  }

  /** A value follows, where there could be none. */
  some(): void {}

  /** So many elements follow. */
  beginList(count: i32): void {
    if (count < 16) byte(<u8>(0x90 | count));
    else if (count < 65_536) prefixed<u16>(0xdc, <u16>count);
    else prefixed<u32>(0xdd, <u32>count);
  }

  /** The next element follows. */
  beginItem(): void {}

  /** The elements are through. */
  endList(): void {}

  /** So many entries follow. */
  beginMap(count: i32): void {
    if (count < 16) byte(<u8>(0x80 | count));
    else if (count < 65_536) prefixed<u16>(0xde, <u16>count);
    else prefixed<u32>(0xdf, <u32>count);
  }

  /** The key of an entry; its value follows. */
  key<K>(key: K): void {
    putValue<K, MessagePackWriter>(this, key);
  }

  /** The entries are through. */
  endMap(): void {}

  /** So many fields follow. */
  beginStruct(fields: i32): void {
    this.beginList(fields);
  }

  /** The fields are through. */
  endStruct(): void {}

  /** One case of a sum type, by its name; its fields follow. */
  variant(name: string, fields: i32): void {
    if (fields > 0) this.beginMap(1);
    this.text(name);
    if (fields > 0) this.beginList(fields);
  }

  /** The case is through. */
  endVariant(_fields: i32): void {}
}

function byte(value: u8): void {
  output.putNumber<u8>(value);
}

/** A marker and a number behind it, its highest byte first. */
function prefixed<N>(marker: u8, value: N): void {
  byte(marker);
  output.putNumber<N>(bswap<N>(value));
}

function positive(value: u64): void {
  if (value < 0x80) byte(<u8>value);
  else if (value <= u8.MAX_VALUE) prefixed<u8>(0xcc, <u8>value);
  else if (value <= u16.MAX_VALUE) prefixed<u16>(0xcd, <u16>value);
  else if (value <= u32.MAX_VALUE) prefixed<u32>(0xce, <u32>value);
  else prefixed<u64>(0xcf, value);
}

function negative(value: i64): void {
  if (value >= -32) byte(<u8>value);
  else if (value >= i8.MIN_VALUE) prefixed<u8>(0xd0, <u8>value);
  else if (value >= i16.MIN_VALUE) prefixed<u16>(0xd1, <u16>value);
  else if (value >= i32.MIN_VALUE) prefixed<u32>(0xd2, <u32>value);
  else prefixed<u64>(0xd3, <u64>value);
}
