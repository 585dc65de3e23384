import { getValue } from "./getValue";
import * as input from "./input";

/** The name of the case that is being read. */
let caseName: string = "";
/** Whether fields may follow that name. */
let caseHasBody: bool = false;

/** Reads MessagePack from the message that was received. */
export class MessagePackReader {
  /** A value of any type that can be sent. */
  get<T>(): T {
    return getValue<T, MessagePackReader>(this);
  }

  /** A boolean. */
  bool(): bool {
    const marker = byte();
    if (marker != 0xc2 && marker != 0xc3) input.fail("there is no bool where one is expected");
    return marker == 0xc3;
  }

  /** A whole number, if it fits the type. */
  integer<T>(): T {
    const marker = byte();
    let value: u64 = 0;
    let isNegative = false;
    if (marker < 0x80) value = marker;
    else if (marker == 0xcc) value = input.takeNumber<u8>();
    else if (marker == 0xcd) value = bswap<u16>(input.takeNumber<u16>());
    else if (marker == 0xce) value = bswap<u32>(input.takeNumber<u32>());
    else if (marker == 0xcf) value = bswap<u64>(input.takeNumber<u64>());
    else {
      let signed: i64 = 0;
      if (marker >= 0xe0) signed = <i64>(<i8>marker);
      else if (marker == 0xd0) signed = <i64>input.takeNumber<i8>();
      else if (marker == 0xd1) signed = <i64>(<i16>bswap<u16>(input.takeNumber<u16>()));
      else if (marker == 0xd2) signed = <i64>(<i32>bswap<u32>(input.takeNumber<u32>()));
      else if (marker == 0xd3) signed = <i64>bswap<u64>(input.takeNumber<u64>());
      else input.fail("there is no whole number where one is expected");
      isNegative = signed < 0;
      value = <u64>signed;
    }
    // The value of the type that has these bits must be the number itself.
    const result = <T>value;
    const fits = isSigned<T>()
      ? <u64>(<i64>result) == value && result < 0 == isNegative
      : <u64>result == value && !isNegative;
    if (!fits) input.fail("a number does not fit its type");
    return result;
  }

  /** A number with a fraction; a whole one is good too. */
  float<T>(): T {
    const next = input.peek();
    if (next == 0xca) {
      byte();
      return <T>reinterpret<f32>(bswap<u32>(input.takeNumber<u32>()));
    }
    if (next == 0xcb) {
      byte();
      return <T>reinterpret<f64>(bswap<u64>(input.takeNumber<u64>()));
    }
    return <T>this.integer<i64>();
  }

  /** A text. */
  text(): string {
    const marker = byte();
    if ((marker & 0xe0) == 0xa0) return input.takeUtf8(marker & 0x1f);
    if (marker == 0xd9) return input.takeUtf8(input.takeNumber<u8>());
    if (marker == 0xda) return input.takeUtf8(bswap<u16>(input.takeNumber<u16>()));
    if (marker == 0xdb) return input.takeUtf8(bswap<u32>(input.takeNumber<u32>()));
    input.fail("there is no text where one is expected");
    return "";
  }

  /** The value that has no content. */
  unit(): void {
    if (byte() != 0xc0) input.fail("there is a value where none is expected");
  }

  /** Whether a value follows, where there could be none. */
  isPresent(): bool {
    const next = input.peek();
    if (next == 0xc0) byte();
    if (next < 0) input.fail("it ends too early");
    return next >= 0 && next != 0xc0;
  }

  /** How many elements follow. */
  beginList(): u64 {
    const marker = byte();
    if ((marker & 0xf0) == 0x90) return marker & 0x0f;
    if (marker == 0xdc) return bswap<u16>(input.takeNumber<u16>());
    if (marker == 0xdd) return bswap<u32>(input.takeNumber<u32>());
    input.fail("there is no list where one is expected");
    return 0;
  }

  /** Whether another element follows, with so many left of those that were announced. */
  hasItem(left: u64): bool {
    return left > 0;
  }

  /** How many entries follow. */
  beginMap(): u64 {
    const marker = byte();
    if ((marker & 0xf0) == 0x80) return marker & 0x0f;
    if (marker == 0xde) return bswap<u16>(input.takeNumber<u16>());
    if (marker == 0xdf) return bswap<u32>(input.takeNumber<u32>());
    input.fail("there is no map where one is expected");
    return 0;
  }

  /** Whether another entry follows, with so many left of those that were announced. */
  hasEntry(left: u64): bool {
    return left > 0;
  }

  /** The key of an entry; its value follows. */
  key<K>(): K {
    return getValue<K, MessagePackReader>(this);
  }

  /** Fields follow, in order. */
  beginStruct(fields: i32): void {
    if (this.beginList() != fields) input.fail("a message has another number of fields");
  }

  /** The fields are through. */
  endStruct(): void {}

  /** One case of a sum type begins: its name, alone or as the only key of a map. */
  beginNamedVariant(): void {
    const next = input.peek();
    caseHasBody = next >= 0x80 && next < 0x90;
    if (caseHasBody && this.beginMap() != 1) input.fail("there is no case where one is expected");
    caseName = this.text();
  }

  /** Whether it is the case of this name. */
  variant(name: string): bool {
    return caseName == name;
  }

  /** The fields of the case follow. */
  beginFields(fields: i32): void {
    if (caseHasBody) this.beginStruct(fields);
    else if (fields > 0) input.fail("a case has no fields");
  }

  /** The case is through. */
  endVariant(_fields: i32): void {}

  /** Says what is wrong with the message. */
  fail(what: string): void {
    input.fail(what);
  }

  /** Whether nothing was wrong so far. */
  isSound(): bool {
    return input.isSound();
  }
}

function byte(): u8 {
  return input.takeNumber<u8>();
}
