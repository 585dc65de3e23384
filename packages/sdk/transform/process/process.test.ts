import { describe, expect, test } from "vitest";
import { errorsOf } from "../testing/errorsOf.ts";

const MAIN =
  'import { Deferred, Tag, print } from "lunatic";\nexport function main(): void { print("hello"); }\n';

/** The errors of a program with a process of these members, with what stands where they point. */
function errorsOfProcess(members: string, decorators = "@process"): string[] {
  const program = `${MAIN}class Foo {}\n${decorators}\nclass Counter {\n${members}\n}\n`;
  return errorsOf(program).map(({ message, text }) => `${text}: ${message}`);
}

test("a process with every kind of method compiles", () => {
  const errors = errorsOfProcess(`
    private total: i32 = 0;
    @init begin(from: i32 = 0): string | null { this.total = from; return null; }
    @message add(by: i32, reasons: string[]): void { this.total += by; }
    @request value(): i32 { return this.total; }
    @request flush(): void {}
    @deferred reached(limit: i32, answer: Deferred<string>): void { answer.send("yes"); }
    @linkDeath died(tag: Tag): void {}
    @processDeath gone(id: u64): void {}
    @terminate end(): void {}
    private helper(name: string): string { return name; }`);
  expect(errors).toEqual([]);
});

describe("what cannot be sent is an error where it is written", () => {
  test.each([
    ["a message's parameter", "@message add(by: Foo): void {}", "parameter `by` of `add`"],
    ["a request's parameter", "@request get(by: Foo): i32 { return 0; }", "parameter `by` of `get`"],
    ["a request's answer", "@request get(): Foo { return new Foo(); }", "the answer of `get`"],
    ["an init's parameter", "@init begin(by: Foo): void {}", "parameter `by` of `begin`"],
    ["a constructor's parameter", "constructor(by: Foo) {}", "parameter `by` of `constructor`"],
  ])("%s", (_, member, place) => {
    expect(errorsOfProcess(member)).toContain(
      `Foo: ${place} of process \`Counter\` has type \`Foo\`, which is not a @message`,
    );
  });

  test("a deferred request's answer", () => {
    const [error] = errorsOfProcess("@deferred get(answer: Deferred<Foo>): void {}");
    expect(error).toMatch(/`Foo` is not a @message$/);
  });
});

describe("what a process cannot have is an error where it is written", () => {
  test.each([
    [
      "@message kill(): void {}",
      "kill",
      "a handler cannot be called kill: CounterRef has a method of this name",
    ],
    [
      "@message add(): i32 { return 0; }",
      "i32",
      "@message add returns nothing: use @request for one that answers",
    ],
    [
      "@deferred get(limit: i32): void {}",
      "limit: i32",
      "the last parameter of @deferred get must be a Deferred<Answer>",
    ],
    [
      "@deferred get(answer: Deferred<i32>): i32 { return 0; }",
      "i32",
      "@deferred get returns nothing: it answers through its Deferred",
    ],
    ["@message static add(): void {}", "add", "handler add of Counter is neither static nor generic"],
    ["@message add<T>(): void {}", "add", "handler add of Counter is neither static nor generic"],
    ["@init a(): void {} @init b(): void {}", "b", "process Counter has a second @init"],
    ["@init a(): i32 { return 0; }", "i32", "@init returns nothing, or what failed: an error or null"],
    [
      "constructor(x: i32) {} @init a(): void {}",
      "constructor",
      "with an @init the constructor has no parameters: @init takes the arguments",
    ],
    ["@linkDeath died(): void {}", "died", "died must be of the type (Tag) => void"],
    ["@terminate end(why: string): void {}", "end", "end must be of the type () => void"],
    ["static start(): void {}", "start", "process Counter: every process class gets a start of its own"],
    [
      "@message(3) a(): void {} @request b(): i32 { return 0; }",
      "b",
      "process Counter: give every handler a number, or none",
    ],
    [
      "@message(3) a(): void {} @message(3) b(): void {}",
      "b",
      "the number of a handler is one from 1 to 16 that no other has",
    ],
  ])("%s", (members, text, message) => {
    expect(errorsOfProcess(members)).toContain(`${text}: ${message}`);
  });

  test("more than 16 handlers", () => {
    const handlers = Array.from({ length: 17 }, (_, index) => `@message m${index}(): void {}`);
    expect(errorsOfProcess(handlers.join("\n"))).toEqual(["m16: process Counter has more than 16 handlers"]);
  });

  test("type parameters", () => {
    const errors = errorsOf(`${MAIN}@process class Counter<T> {}\n`).map(
      ({ message, text }) => `${text}: ${message}`,
    );
    expect(errors).toEqual([
      "Counter: process Counter has type parameters: a process class must be of one type",
    ]);
  });
});

describe("a ref is checked like every other object", () => {
  const COUNTER =
    '@process class Counter { @message add(by: i32): void {} @request name(): string { return ""; } }';

  test.each([
    ['Counter.start().add("one");', '"one"'],
    ["Counter.start().remove(1);", "remove"],
    ["const n: i32 = Counter.start().name();", "Counter.start().name()"],
    ["Counter.start(5);", "Counter.start(5)"],
  ])("%s", (statement, text) => {
    const program = `${COUNTER}\nexport function main(): void { ${statement} }\n`;
    expect(errorsOf(program).map((error) => error.text)).toEqual([text]);
  });

  test("it can be sent in messages, also to files that import it", () => {
    const program = `
      import { Mailbox, spawn } from "lunatic";
      ${COUNTER}
      @message class Greeting { constructor(public counter: CounterRef, public others: CounterRef[]) {} }
      function work(greeting: Greeting, mailbox: Mailbox<CounterRef>): void { mailbox.receive().add(1); }
      export function main(): void { spawn(work, new Greeting(Counter.start(), [])).send(Counter.start()); }`;
    expect(errorsOf(program)).toEqual([]);
  });
});

test("an abstract class describes processes of another module: they are looked up, not started", () => {
  const remote = `
    @process("app::Counter") abstract class Counter {
      @message abstract add(by: i32): void;
      @request abstract value(): i32;
    }`;
  const program = (statement: string) => `${remote}\nexport function main(): void { ${statement} }\n`;
  expect(
    errorsOf(program('const found = Counter.lookup("it"); if (found !== null) found.add(found.value());')),
  ).toEqual([]);
  expect(errorsOf(program("Counter.start();")).map(({ message }) => message)).toEqual([
    "Property 'start' does not exist on type 'main/Counter'.",
  ]);
});
