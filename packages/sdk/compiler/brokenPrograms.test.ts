import { describe, expect, test } from "vitest";
import { compile } from "./compile.ts";
import { breakProgram, createRandom } from "./testing/breakProgram.ts";
import { findBrokenPromise } from "./testing/checkResult.ts";
import { SAMPLE_PROGRAM } from "./testing/sampleProgram.ts";

function compileText(text: string) {
  return compile({ files: new Map([["main.ts", text]]), entry: "main.ts" });
}

describe("broken programs", () => {
  // 40 seeds a test, so that a compile without end fails by name.
  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "end with a module or with errors that have a place (part %i)",
    (part) => {
      for (let seed = part * 40; seed < (part + 1) * 40; seed++) {
        const text = breakProgram(SAMPLE_PROGRAM, createRandom(seed));
        const request = { files: new Map([["main.ts", text]]), entry: "main.ts" };

        expect(findBrokenPromise(request, compile(request)), `seed ${seed}`).toBeUndefined();
      }
    },
  );

  test("the sample that is broken is whole", () => {
    expect(compileText(SAMPLE_PROGRAM).diagnostics).toEqual([]);
  });
});

test.each([
  ["parentheses", `export function main(): void { let x = ${"(".repeat(100_000)}; }`],
  ["blocks", `export function main(): void ${"{".repeat(50_000)}${"}".repeat(50_000)}`],
  ["sums", `export function main(): void { let x = 1${"+1".repeat(50_000)}; }`],
])("a program of endlessly nested %s is an error, and the next one compiles", (_, text) => {
  const { crashed, diagnostics } = compileText(text);

  expect(crashed).toBe(true);
  expect(diagnostics.at(-1)).toMatchObject({
    severity: "error",
    code: 0,
    message: expect.stringContaining("nested too deeply"),
    place: { file: "main.ts" },
  });
  expect(compileText(SAMPLE_PROGRAM).diagnostics).toEqual([]);
});

test("errors without number are told of up to a limit", () => {
  const { diagnostics } = compileText(`"${"\\u{".repeat(10_000)}`);

  expect(diagnostics.length).toBeGreaterThan(100);
  expect(diagnostics.length).toBeLessThanOrEqual(300);
});

test("generics that instantiate themselves without end are an error", () => {
  const { diagnostics } = compileText(
    "class A<T> { next: A<A<T>> | null = null; }\nexport function main(): void { new A<i32>(); }\n",
  );

  expect(diagnostics).toMatchObject([
    { severity: "error", message: expect.stringContaining("Recursive types") },
  ]);
});
