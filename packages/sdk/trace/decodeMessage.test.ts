import { describe, expect, it, test } from "vitest";
import { compile } from "../compiler/compile.ts";
import { decodeMessage, handlerName } from "./decodeMessage.ts";
import { MESSAGE_SECTION, type MessageTypes, readMessageTypes } from "./messageTypes.ts";
import { parseType } from "./typeText.ts";

const PROGRAM = `
import { Deferred, Mailbox, Json, Process, Tag, Unit, spawn } from "lunatic";
enum Color { Red, Green }
type Sizes = i32[];
@message class Job { constructor(public name: string, public sizes: Sizes, public next: Job | null) {} }
@message class Pair<A, B> { constructor(public first: A, public second: B) {} }
@message abstract class Shape {}
class Circle extends Shape { r: f64 = 0; }
class Empty extends Shape {}
@process class Counter {
  @message add(by: i64, why: string): void {}
  @request value(): i32 { return 0; }
  @deferred reached(limit: u8, answer: Deferred<string>): void {}
}
function worker(job: Job, mailbox: Mailbox<Job>): void {}
function texts(unit: Unit, mailbox: Mailbox<string, Json>): void {}
function shapes(unit: Unit, mailbox: Mailbox<Shape>): void {}
function all(unit: Unit, mailbox: Mailbox<Map<string, Pair<bool, Color>>>): void {}
function handles(unit: Unit, mailbox: Mailbox<StaticArray<CounterRef>>): void {}
export function main(mailbox: Mailbox<Uint8Array>): void { spawn(worker, new Job("a", [], null)); }
`;

function typesOf(program: string, debug = true): MessageTypes | undefined {
  const { wasm, diagnostics } = compile({ files: new Map([["main.ts", program]]), entry: "main.ts", debug });
  expect(diagnostics).toEqual([]);
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(wasm!), MESSAGE_SECTION);
  return section && readMessageTypes(new Uint8Array(section));
}

const types = typesOf(PROGRAM)!;

/** Bincode by hand: numbers with their width, texts with their length. */
function bytes(...parts: (readonly [value: number, width: 1 | 4 | 8] | string)[]): Uint8Array {
  const all = parts.flatMap((part) => {
    if (typeof part !== "string") return little(...part);
    const text = [...new TextEncoder().encode(part)];
    return [...little(text.length, 8), ...text];
  });
  return Uint8Array.from(all);
}

function little(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);
}

function decode(receiver: string, payload: Uint8Array, tag = 0n, isWhole = true): string | undefined {
  return decodeMessage(types, { receiver, tag, bytes: payload, isWhole });
}

const handler = (number: number) => (BigInt(number) << 56n) | 131n;

describe("a message is told in the words of its author", () => {
  test.each([
    [
      "worker",
      bytes("a lake", [2, 8], [1, 4], [2, 4], [0, 1]),
      'Job { name: "a lake", sizes: [1, 2], next: null }',
    ],
    [
      "worker",
      bytes("a", [0, 8], [1, 1], "b", [0, 8], [0, 1]),
      'Job { name: "a", sizes: [], next: Job { name: "b", sizes: [], next: null } }',
    ],
    ["shapes", bytes([1, 4]), "Empty"],
    ["shapes", bytes([0, 4], [0, 4], [0x3ff80000, 4]), "Circle { r: 1.5 }"],
    ["all", bytes([1, 8], "k", [1, 1], [1, 4]), '{"k": Pair { first: true, second: Color 1 }}'],
    ["handles", bytes([1, 8], [0, 8], [7, 8]), "[process 7]"],
    ["main", bytes([3, 8], [1, 1], [2, 1], [255, 1]), "[1, 2, 255]"],
  ])("to %s", (receiver, payload, text) => {
    expect(decode(receiver, payload)).toBe(text);
  });

  it("to a process of a class: the handler with its arguments, the address of who asks aside", () => {
    expect(decode("Counter", bytes([3, 8], "because"), handler(1))).toBe('add(3, "because")');
    expect(decode("Counter", bytes([0, 8], [1, 8]), handler(2))).toBe("value()");
    expect(decode("Counter", bytes([9, 1], [0, 8], [1, 8]), handler(3))).toBe("reached(9)");
    expect(decode("Counter", bytes([0, 8], [1, 8]), handler(32))).toBe("shut down");
    expect([1, 3, 9].map((number) => handlerName(types, "Counter", handler(number)))).toEqual([
      "add",
      "reached",
      undefined,
    ]);
  });
});

describe("what is not known is not made up", () => {
  test.each([
    ["an unknown receiver", "nobody", bytes([1, 4]), 0n],
    ["another codec", "texts", bytes("x"), 0n],
    ["an answer to a process of a class", "Counter", bytes([1, 4]), 131n],
    ["a handler that there is not", "Counter", bytes([1, 4]), handler(9)],
    ["too few bytes", "main", bytes([3, 8], [1, 1]), 0n],
    ["more bytes than the type has", "main", bytes([0, 8], [1, 1]), 0n],
    ["a case that there is not", "shapes", bytes([7, 4]), 0n],
    ["a text that is none", "worker", Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 255]), 0n],
    ["a list longer than memory", "main", new Uint8Array(8).fill(255), 0n],
    ["nothing at all", "worker", new Uint8Array(), 0n],
    ["a name that all objects have", "constructor", bytes([1, 4]), 0n],
  ])("%s", (_, receiver, payload, tag) => {
    expect(decode(receiver, payload, tag)).toBeUndefined();
  });

  it("of a payload that was cut the handler is told, and that there is more", () => {
    expect(decode("Counter", bytes([3, 8]), handler(1), false)).toBe("add(…)");
    expect(decode("worker", bytes([3, 8]), 0n, false)).toBeUndefined();
  });

  it("random bytes throw nothing", () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    for (let round = 0; round < 2_000; round++) {
      const payload = Uint8Array.from({ length: random() % 40 }, () => random() % 4);
      for (const receiver of ["worker", "shapes", "all", "handles", "main"]) {
        const text = decode(receiver, payload, 0n, round % 2 === 0);
        expect(["string", "undefined"]).toContain(typeof text);
      }
      decode("Counter", payload, handler(random() % 5));
    }
  });
});

describe("the section", () => {
  it("is not there without debug information, nor where nobody receives", () => {
    expect(typesOf(PROGRAM, false)).toBeUndefined();
    expect(
      typesOf('import { print } from "lunatic";\nexport function main(): void { print("x"); }'),
    ).toBeUndefined();
  });

  it("of another version, and one that is damaged, is nothing", () => {
    const of = (text: string) => readMessageTypes(new TextEncoder().encode(text));
    expect(of('{"version":2}')).toBeUndefined();
    expect(of('{"version":1')).toBeUndefined();
    expect(of("null")).toBeUndefined();
    expect(of('{"version":1}')).toMatchObject({ processes: {}, mailboxes: {} });
  });
});

test.each([
  ["i32", "i32"],
  ["Array<string|null>", "Array<string?>"],
  ["(Job | null)[]", "Array<Job?>"],
  ["Map< string , i32[][] >", "Map<string,Array<Array<i32>>>"],
])("the type %s is %s", (text, expected) => {
  const show = (type: ReturnType<typeof parseType>): string =>
    type === undefined
      ? "none"
      : type.name + (type.of.length ? `<${type.of.map(show).join()}>` : "") + (type.isNullable ? "?" : "");
  expect(show(parseType(text))).toBe(expected);
});

test.each(["", "i32 |", "A<", "A<>", "(a: i32) => void", "A | B", "[]"])(
  "%j is no type of a message",
  (text) => {
    expect(parseType(text)).toBeUndefined();
  },
);
