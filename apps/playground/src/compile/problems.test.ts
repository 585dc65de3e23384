import type { Diagnostic } from "@lunatic-web/sdk";
import { expect, it } from "vitest";
import { countProblems, listProblems } from "./problems.ts";

const files = new Map([["main.ts", ""]]);
const range = { start: { line: 3, column: 5 }, end: { line: 3, column: 9 } };
const diagnostic = (severity: Diagnostic["severity"], file?: string): Diagnostic => ({
  severity,
  code: 7,
  message: severity,
  place: file === undefined ? undefined : { file, range },
  related: undefined,
});

it("problems come worst first, and lead to places in the project alone", () => {
  const problems = listProblems(
    [diagnostic("info"), diagnostic("warning", "~lib/array.ts"), diagnostic("error", "main.ts")],
    [{ pid: 4, message: "assertion failed", place: { file: "main.ts", line: 8, column: 2 } }],
    files,
  );
  expect(problems.map(({ message, at }) => [message, at?.range.start.line])).toEqual([
    ["Process 4: assertion failed", 8],
    ["error AS7", 3],
    ["warning (in ~lib/array.ts) AS7", undefined],
    ["info AS7", undefined],
  ]);
  expect(countProblems(problems)).toBe("1 trap, 1 error, 1 warning, 1 note");
});

it("what there is none of is not counted", () => {
  expect(countProblems(listProblems([diagnostic("error"), diagnostic("error")], [], files))).toBe("2 errors");
  expect(countProblems([])).toBe("");
});
