import { expect, test } from "vitest";
import { judge, type TestEnd } from "./verdict.ts";

const NORMAL: TestEnd = { type: "normal" };
const FAILURE: TestEnd = { type: "failure", cause: "it trapped: unreachable" };
const PANIC = "thread 'main' panicked at 'red and blue', a.rs:1:2\n";

test.for([
  ["ends normally", undefined, NORMAL, "", true, ""],
  ["ends normally but should panic", "", NORMAL, "", false, "test did not panic as expected"],
  ["panics", undefined, FAILURE, PANIC, false, ""],
  ["traps without a message", undefined, FAILURE, "", false, "Process trapped or received kill signal"],
  ["traps without a message: the cause is told", undefined, FAILURE, "", false, "it trapped: unreachable"],
  ["panics as expected", "blue", FAILURE, PANIC, true, ""],
  ["panics otherwise", "green", FAILURE, PANIC, false, 'panic message: `"red and blue"`,'],
  ["panics otherwise: the expected text is told", "green", FAILURE, PANIC, false, 'substring: `"green"`'],
  ["fails without a message, where any failure is expected", "", FAILURE, "", true, ""],
  ["fails without a message, where a text is expected", "blue", FAILURE, "", false, "a panic was expected"],
  ["hangs", undefined, { type: "timeout", seconds: 2 }, "", false, "did not end within 2 s"],
  ["hangs but should panic", "", { type: "timeout", seconds: 2 }, "", false, "did not end within 2 s"],
  ["meets a bug of the host but should panic", "", { type: "hostFault", cause: "a bug" }, "", false, "a bug"],
] as const)("a test that %s", ([, expectedPanic, end, output, isOk, note]) => {
  const verdict = judge({ expectedPanic }, end, output);
  expect(verdict.isOk).toBe(isOk);
  if (note === "") expect(verdict.note).toBe("");
  else expect(verdict.note).toContain(note);
});
