import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { errorsOf } from "../testing/errorsOf.ts";

const exportsOf = (files: Record<string, string>): string[] => {
  const { wasm } = compile({ files: new Map(Object.entries(files)), entry: "main.ts" });
  return WebAssembly.Module.exports(new WebAssembly.Module(wasm!)).map(({ name }) => name);
};

test("tests become exports in the form that lunatic's test runners look for", () => {
  const main = `
    import "./words/check";
    @test function adds(): void {}
    @test @ignore function later(): void {}
    @test @shouldPanic("out of # range") function panics(): void { assert(false, "out of # range"); }
    @test @shouldPanic @ignore function both(): void {}`;
  const names = exportsOf({ "main.ts": main, "words/check.ts": "@test function spells(): void {}" });

  expect(names.filter((name) => name.startsWith("#"))).toEqual([
    "#lunatic_test_main::adds",
    "#lunatic_test_#ignore_main::later",
    "#lunatic_test_#panic_out of \\# range#main::panics",
    "#lunatic_test_#ignore_#panic_#main::both",
    "#lunatic_test_words::check::spells",
  ]);
});

test("a module of tests needs no main function; one without both has nothing to run", () => {
  expect(exportsOf({ "main.ts": "@test function adds(): void {}" })).not.toContain("_start");
  expect(errorsOf("function main(): void {}").map(({ message }) => message)).toEqual([
    'main.ts has no "export function main(): void {}"',
  ]);
});

test("a test that takes or returns something is an error, as is an expectation without a test", () => {
  const program = `
    @test function takes(n: i32): void {}
    @test function returns(): i32 { return 1; }
    @ignore function helps(): void {}
    @test @shouldPanic(7) function expects(): void {}
    export function main(): void {}`;
  expect(errorsOf(program).map(({ text, message }) => `${text}: ${message}`)).toEqual([
    "takes: test `takes` must be a function (): void",
    "returns: test `returns` must be a function (): void",
    "@ignore: only a function with @test can have this",
    '@shouldPanic(7): write the text that the panic must contain: @shouldPanic("out of range")',
  ]);
});

test("main may take its mailbox, and nothing else", () => {
  const main = 'import { Mailbox } from "lunatic";\nexport function main(mailbox: Mailbox<string>): void {}';
  expect(exportsOf({ "main.ts": main })).toContain("_start");
  const two = main.replace("mailbox: Mailbox<string>", "a: Mailbox<string>, b: i32");
  expect(errorsOf(two)[0]?.message).toBe(
    "main has at most one parameter, its mailbox: main(mailbox: Mailbox<string>)",
  );
});

test("a panic tells of the author's line", () => {
  const text = 'import { panic } from "lunatic";\n\nexport function main(): void {\n  panic("no");\n}\n';
  const { wasm } = compile({ files: new Map([["main.ts", text]]), entry: "main.ts", optimize: 2 });
  // The compiler keeps texts as UTF-16; that of the framework's own panic would be the file of its function.
  const data = Buffer.from(wasm!).toString("latin1");
  const utf16 = (word: string) => Buffer.from(word, "utf16le").toString("latin1");
  expect(data).toContain(utf16("main.ts"));
  expect(data).not.toContain(utf16("~lib/lunatic/panic.ts"));
});
