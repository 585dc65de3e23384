import { expect, test } from "vitest";
import { errorsOf } from "../testing/errorsOf.ts";

const IMPORTS = `import { Mailbox, Process, print, spawn } from "lunatic";\nexport function main(): void { print("hello"); }\n`;

/** The errors of a program that has these declarations, with what stands where they point. */
function errorsOfDeclarations(declarations: string): string[] {
  return errorsOf(IMPORTS + declarations).map(({ message, text }) => `${text}: ${message}`);
}

test("a field whose type is no message is an error at the type", () => {
  expect(errorsOfDeclarations("class Foo {}\n@message class Job { x: Foo = new Foo(); }")).toEqual([
    "Foo: field `x` of message `Job` has type `Foo`, which is not a @message",
  ]);
});

test("so is one that holds such a type, as an element, a value or behind an alias", () => {
  const errors = errorsOfDeclarations(`
    class Foo {}
    type Alias = Foo;
    @message class Job {
      list: Foo[] = [];
      map: Map<string, Foo> = new Map<string, Foo>();
      alias: Alias | null = null;
    }`);
  expect(errors).toEqual([
    "Foo[]: field `list` of message `Job` has type `Foo[]`, and `Foo` is not a @message",
    "Map<string, Foo>: field `map` of message `Job` has type `Map<string, Foo>`, and `Foo` is not a @message",
    "Alias | null: field `alias` of message `Job` has type `Alias | null`, which is not a @message",
  ]);
});

test("functions, dates and numbers as wide as an address cannot be sent", () => {
  const errors = errorsOfDeclarations(`
    @message class Job {
      call: ((x: i32) => void) | null = null;
      date: Date | null = null;
      size: usize = 0;
    }`);
  expect(errors).toEqual([
    expect.stringMatching(/: field `call` of message `Job` has type .*, and functions cannot be sent$/),
    "Date | null: field `date` of message `Job` has type `Date | null`, which is not a @message",
    "usize: field `size` of message `Job` has type `usize`, whose size is not the same everywhere: use u64",
  ]);
});

test("everything else can: numbers, texts, collections, enums, handles, messages, cases of sum types", () => {
  const errors = errorsOfDeclarations(`
    enum Color { Red, Green }
    @message class Point { constructor(readonly x: f64, readonly y: f64) {} }
    @message abstract class Shape {}
    class Circle extends Shape { radius: f64 = 1; }
    class Nothing extends Shape {}
    @message class Pair<A, B> { constructor(public a: A, public b: B) {} }
    @message class Job {
      a: u8 = 0; b: f32 = 0; c: bool = false; d: string = ""; e: string | null = null;
      f: Array<Point | null> = []; g: Map<string, Set<i64>> = new Map<string, Set<i64>>();
      h: Uint8Array = new Uint8Array(0); i: ArrayBuffer = new ArrayBuffer(0); j: StaticArray<f64> = [1.5];
      k: Color = Color.Red; l: Process<Shape> = new Process<Shape>(0, 1); m: Shape = new Nothing();
      n: Pair<i32, Circle> = new Pair<i32, Circle>(1, new Circle());
    }
    function work(job: Job, mailbox: Mailbox<Pair<Job, Job>>): void {}
    export function start(): void { spawn(work, new Job()); }`);
  expect(errors).toEqual([]);
});

test("a mailbox of something that is no message is an error where the type is written", () => {
  expect(
    errorsOfDeclarations("class Foo {}\nexport function work(a: i32, mailbox: Mailbox<Foo>): void {}"),
  ).toEqual(["Foo: a Mailbox has messages of type `Foo`, which is not a @message"]);
});

test("what a process is given beside its mailbox must be a message too", () => {
  const errors = errorsOfDeclarations(`
    class Foo {}
    function work(foo: Foo, mailbox: Mailbox<string>): void {}
    export function start(): void {
      spawn(work, new Foo());
      spawn((list: Foo[], mailbox: Mailbox<string>) => {}, []);
    }`);
  expect(errors).toEqual([
    "Foo: argument `foo` of a process has type `Foo`, which is not a @message",
    "Foo[]: argument `list` of a process has type `Foo[]`, and `Foo` is not a @message",
  ]);
});

test("so must what a task takes and what it returns, wherever the task stands", () => {
  const errors = errorsOfDeclarations(`
    import { spawnFunction, spawnTask } from "lunatic";
    class Foo {}
    function compute(foo: Foo): Foo { return foo; }
    export function start(): void {
      spawnTask(compute, new Foo());
      spawnTask(compute, new Foo());
      spawnFunction((list: Foo[]) => {}, []);
    }`);
  expect(errors).toEqual([
    "Foo: argument `foo` of task `compute` has type `Foo`, which is not a @message",
    "Foo: the result of task `compute` has type `Foo`, which is not a @message",
    "Foo[]: argument `list` of a task has type `Foo[]`, and `Foo` is not a @message",
  ]);
});

test("a message that extends another is told of sum types", () => {
  const [error] = errorsOfDeclarations("@message class A { x: i32 = 0; }\n@message class B extends A {}");
  expect(error).toMatch(
    /^A: message `B` extends `A`, whose fields it would not send: make the base an abstract/,
  );
});

test("a sum type without cases is an error, as are two cases with one number", () => {
  expect(errorsOfDeclarations("@message abstract class Shape {}")).toEqual([
    "Shape: message `Shape` is abstract, but no class in this file extends it: there is nothing to send",
  ]);
  const cases = "@variant(1) class A extends Shape {}\n@variant(1) class B extends Shape {}";
  expect(errorsOfDeclarations(`@message abstract class Shape {}\n${cases}`)).toEqual([
    "@variant(1): `B` needs a number of its own among the cases of `Shape`: @variant(3)",
  ]);
});
