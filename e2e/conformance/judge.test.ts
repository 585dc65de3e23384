import { expect, test } from "vitest";
import type { ConformanceCase } from "./conformanceCase.ts";
import { judge, readReports } from "./judge.ts";

const ONE: ConformanceCase = { chapter: "1", name: "reports one", body: "", reports: [1] };
const RAN = { stdout: "w0000000000000001\n", end: "returned", notices: [] };

test("a run that does what its case says has no problems", () => {
  expect(judge(ONE, RAN)).toEqual([]);
});

test("another report, another end and an unexpected notice are each told", () => {
  expect(judge(ONE, { ...RAN, stdout: "w0000000000000002\n" })).toEqual(['reported ["2"], not ["1"]']);
  expect(judge(ONE, { ...RAN, end: "trapped: unreachable" })).toHaveLength(1);
  expect(judge(ONE, { ...RAN, notices: ["denied"] })).toHaveLength(1);
});

test("a report that is missing is a problem", () => {
  expect(judge(ONE, { ...RAN, stdout: "" })).toHaveLength(1);
});

test("an end is judged by its type, and by the part of its message that the case names", () => {
  const trapping = { ...ONE, ends: "trapped: error 7" };
  expect(judge(trapping, { ...RAN, end: "trapped: lunatic::error::drop: error 7 does not exist" })).toEqual(
    [],
  );
  expect(judge(trapping, { ...RAN, end: "trapped: unreachable" })).toHaveLength(1);
  expect(judge(trapping, { ...RAN, end: "hostFault: error 7" })).toHaveLength(1);
});

test("a notice that does not come is a problem", () => {
  expect(judge({ ...ONE, notices: ["denied"] }, RAN)).toHaveLength(1);
});

test("words are signed, bytes and texts are as they were written", () => {
  expect(readReports("wffffffffffffffff\nd00ff\ntw1 t\nd\n")).toEqual(["-1", "00ff", "w1 t", ""]);
});
