import { expect, test } from "vitest";
import { compile } from "./compile.ts";
import { formatDiagnostic } from "./diagnostic.ts";

const HELLO = 'import { print } from "lunatic";\nexport function main(): void {\n  print("hello");\n}\n';

test("a program with a main function becomes a lunatic module", () => {
  const { wasm, diagnostics } = compile({
    files: new Map([["main.ts", HELLO]]),
    entry: "main.ts",
    optimize: 0,
  });

  expect(diagnostics).toEqual([]);
  const module = new WebAssembly.Module(wasm!);
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toContain("_start");
  expect(WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`)).toEqual([
    "wasi_snapshot_preview1.fd_write",
  ]);
});

test("a program may consist of several files", () => {
  const files = new Map([
    ["src/main.ts", 'import { greet } from "./words/greeting";\nexport function main(): void { greet(); }\n'],
    [
      "src/words/greeting.ts",
      'import { print } from "lunatic";\nexport function greet(): void { print("hi"); }\n',
    ],
  ]);

  expect(compile({ files, entry: "src/main.ts", optimize: 0 }).diagnostics).toEqual([]);
});

test("an error names file, line and column", () => {
  const files = new Map([["main.ts", "export function main(): void {\n  const ä: i32 = wrong;\n}\n"]]);

  const { wasm, diagnostics } = compile({ files, entry: "main.ts", optimize: 0 });

  expect(wasm).toBeUndefined();
  expect(diagnostics.map(formatDiagnostic)).toEqual([
    "main.ts:2:18 - error AS2304: Cannot find name 'wrong'.",
  ]);
});

test("a program without main is told what is missing", () => {
  const { diagnostics } = compile({
    files: new Map([["main.ts", "function main(): void {}\n"]]),
    entry: "main.ts",
    optimize: 0,
  });

  expect(diagnostics).toMatchObject([
    {
      severity: "error",
      place: { file: "main.ts" },
      message: expect.stringContaining("export function main(): void"),
    },
  ]);
});
