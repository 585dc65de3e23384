import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { errorsOf } from "../testing/errorsOf.ts";

const IMPORTS =
  'import { Choose, Dual, End, Loop, Offer, Recv, Send, spawnProtocol } from "lunatic/protocol";\n';
const ADDING = `
  type Adding = Recv<i32, Recv<string, Send<i32, End>>>;
  function add(start: i32, session: Adding): void {
    const first = session.receive();
    first.next.receive().next.send(start + first.value);
  }`;

/** What stands where the errors of a program with a main function of these statements point. */
function placesOf(statements: string, declarations = ADDING): string[] {
  const program = `${IMPORTS}${declarations}\nexport function main(): void { ${statements} }\n`;
  return errorsOf(program).map(({ text }) => text);
}

test("both ends of a session compile in their order", () => {
  expect(placesOf('const n: i32 = spawnProtocol(add, 1).send(2).send("x").receive().value;')).toEqual([]);
});

describe("any other order does not compile", () => {
  test.each([
    ["receiving before sending", "spawnProtocol(add, 1).receive();", "receive"],
    ["sending once too often", 'spawnProtocol(add, 1).send(2).send("x").send(3);', "send"],
    ["leaving a step out", "spawnProtocol(add, 1).send(2).receive();", "receive"],
    ["a value of another type", 'spawnProtocol(add, 1).send("x");', '"x"'],
    ["going on behind the end", 'spawnProtocol(add, 1).send(2).send("x").receive().next.send(1);', "send"],
  ])("%s", (_, statements, text) => {
    expect(placesOf(statements)).toEqual([text]);
  });

  test("in the new process", () => {
    const wrong = "function add(start: i32, session: Send<i32, End>): void { session.receive(); }";
    expect(placesOf("spawnProtocol(add, 1);", wrong)).toEqual(["receive"]);
  });
});

test("the dual of a session is written by its name, and is the other end", () => {
  expect(
    placesOf(
      "use(spawnProtocol(add, 1));",
      `${ADDING} function use(s: Dual<Adding>): void { s.send(1).send(""); }`,
    ),
  ).toEqual([]);
  expect(
    placesOf("use(spawnProtocol(add, 1));", `${ADDING} function use(s: Dual<Dual<Adding>>): void {}`),
  ).toEqual(["spawnProtocol(add, 1)"]);
});

test("a loop is a class that stands for itself, and has a dual", () => {
  const doubling = `
    @loop class Doubling extends Loop { round!: Offer<Recv<u64, Send<u64, Doubling>>, End>; }
    function double(_: i32, session: Doubling): void {
      let loop = session;
      while (true) {
        const choice = loop.round.offer();
        if (!choice.isLeft) return;
        const number = choice.left.receive();
        loop = number.next.send(2 * number.value);
      }
    }`;
  const twice =
    "let loop: Dual<Doubling> = spawnProtocol(double, 0); loop = loop.round.selectLeft().send(1).receive().next;";
  expect(placesOf(`${twice} loop.round.selectRight();`, doubling)).toEqual([]);
  expect(placesOf(`${twice} loop.round.receive();`, doubling)).toEqual(["receive"]);
});

test.each([
  ["a loop that extends nothing", "@loop class Turn { round!: End; }", "Turn"],
  ["a loop without a round", "@loop class Turn extends Loop {}", "Turn"],
  [
    "a round that is no session",
    "@loop class Turn extends Loop { round!: (x: i32) => void; }",
    "(x: i32) => void",
  ],
])("%s is an error", (_, declaration, text) => {
  expect(placesOf("", declaration)).toContain(text);
});

test("what is spawned must be a function that is known by its name", () => {
  expect(
    placesOf("spawnProtocol((n: i32, session: Send<i32, End>): void => { session.send(n); }, 1);"),
  ).toContain("(n: i32, session: Send<i32, End>): void => { session.send(n); }");
});

test("sessions, loops and functions may come from another file", () => {
  const files = new Map([
    [
      "sessions.ts",
      `${IMPORTS}export type Asking = Recv<string, Send<i32, End>>;
       export function measure(_: i32, session: Asking): void { const text = session.receive(); text.next.send(text.value.length); }`,
    ],
    [
      "main.ts",
      `import { Dual, spawnProtocol } from "lunatic/protocol";
       import { Asking, measure as length } from "./sessions";
       function ask(session: Dual<Asking>): i32 { return session.send("four").receive().value; }
       export function main(): void { ask(spawnProtocol(length, 0)); }`,
    ],
  ]);
  expect(compile({ files, entry: "main.ts", optimize: 0 }).diagnostics).toEqual([]);
});

test("a class of the author's own may be called Send", () => {
  expect(
    errorsOf("class Send<T> { x: i32 = 1; }\nexport function main(): void { new Send<i32>().x; }\n"),
  ).toEqual([]);
});
