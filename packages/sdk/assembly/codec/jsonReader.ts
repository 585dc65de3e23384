import { getValue } from "./getValue";
import * as input from "./input";
import {
  expectByte,
  keyNumber,
  nextByte,
  skipValue,
  takeLiteral,
  takeNumberText,
  takeText,
  wholeNumber,
} from "./jsonTokens";

const COMMA: i32 = 0x2c;
const QUOTE: i32 = 0x22;

/** Whether the list or object that is being read has had no element yet. */
let isFirst: bool = true;
/** The name of the field, or of the case, that was read last. */
let currentName: string = "";
/** Whether the name of the case has fields behind it. */
let caseHasBody: bool = false;

/** Reads JSON from the message that was received. */
export class JsonReader {
  /** A value of any type that can be sent. */
  get<T>(): T {
    const value = getValue<T, JsonReader>(this);
    isFirst = false;
    return value;
  }

  /** A boolean. */
  bool(): bool {
    const isTrue = nextByte() == 0x74; /* t */
    takeLiteral(isTrue ? "true" : "false");
    return isTrue;
  }

  /** A whole number, if it fits the type. */
  integer<T>(): T {
    return wholeNumber<T>(takeNumberText());
  }

  /** A number with a fraction; a whole one is good too. */
  float<T>(): T {
    const text = takeNumberText();
    return text.length == 0 ? <T>0 : <T>F64.parseFloat(text);
  }

  /** A text. */
  text(): string {
    return takeText();
  }

  /** The value that has no content. */
  unit(): void {
    takeLiteral("null");
  }

  /** Whether a value follows, where there could be none. */
  isPresent(): bool {
    if (nextByte() != 0x6e /* n */) return true;
    takeLiteral("null");
    return false;
  }

  /** Elements follow. */
  beginList(): u64 {
    expectByte(0x5b /* [ */);
    isFirst = true;
    return u64.MAX_VALUE;
  }

  /** Whether another element follows. If not, the list is through. */
  hasItem(_left: u64): bool {
    return hasNext(0x5d /* ] */);
  }

  /** Entries follow. */
  beginMap(): u64 {
    expectByte(0x7b /* { */);
    isFirst = true;
    return u64.MAX_VALUE;
  }

  /** Whether another entry follows. If not, the map is through. */
  hasEntry(_left: u64): bool {
    return hasNext(0x7d /* } */);
  }

  /** The key of an entry; its value follows. */
  key<K>(): K {
    const text = takeText();
    expectByte(0x3a /* : */);
    if (isString<K>()) return <K>text;
    if (isInteger<K>()) return wholeNumber<K>(text);
    if (isFloat<K>()) return <K>keyNumber(text);
    ERROR("the keys of a map must be texts or numbers in JSON");
    return changetype<K>(<usize>0);
  }

  /** Fields follow, in any order. */
  beginStruct(_fields: i32): void {
    expectByte(0x7b /* { */);
    isFirst = true;
  }

  /** Goes to the next field. False: there is none, and the object is through. */
  nextField(): bool {
    if (!hasNext(0x7d /* } */)) return false;
    currentName = this.key<string>();
    return true;
  }

  /** Whether it is the field of this name; its value follows. */
  field(name: string): bool {
    return currentName == name;
  }

  /** Passes over the value of a field that nobody knows. */
  skip(): void {
    skipValue();
    isFirst = false;
  }

  /** Says that a field was not there. */
  missing(name: string): void {
    input.fail(`field ${name} is missing`);
  }

  /** The fields are through. */
  endStruct(): void {
    isFirst = false;
  }

  /** One case of a sum type begins: its name, alone or as the only key of an object. */
  beginNamedVariant(): void {
    if (nextByte() == QUOTE) {
      currentName = takeText();
      caseHasBody = false;
      return;
    }
    expectByte(0x7b /* { */);
    currentName = this.key<string>();
    caseHasBody = true;
  }

  /** Whether it is the case of this name. */
  variant(name: string): bool {
    return currentName == name;
  }

  /** The fields of the case follow. */
  beginFields(fields: i32): void {
    if (fields > 0) {
      if (caseHasBody) this.beginStruct(fields);
      else input.fail("a case has no fields");
    } else if (caseHasBody) {
      // {"Case": null}
      skipValue();
      expectByte(0x7d /* } */);
    }
  }

  /** The case is through. */
  endVariant(fields: i32): void {
    if (fields > 0) expectByte(0x7d /* } */);
    isFirst = false;
  }

  /** Says what is wrong with the message. */
  fail(what: string): void {
    input.fail(what);
  }

  /** Whether nothing was wrong so far. */
  isSound(): bool {
    return input.isSound();
  }
}

function hasNext(close: u8): bool {
  if (!input.isSound()) return false;
  const next = nextByte();
  if (next == close) {
    expectByte(close);
    isFirst = false;
    return false;
  }
  if (!isFirst) {
    if (next != COMMA) {
      input.fail("a comma is missing");
      return false;
    }
    expectByte(<u8>COMMA);
  }
  isFirst = false;
  return true;
}
