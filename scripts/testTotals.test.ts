import { expect, test } from "vitest";
import { countResults, describeTotals } from "./testTotals.mjs";

const passedFile = { status: "passed", assertionResults: [{ status: "passed" }, { status: "passed" }] };

test("a clean run counts its tests", () => {
  const report = { numPassedTests: 2, numFailedTests: 0, testResults: [passedFile] };
  expect(countResults(report, 0)).toEqual({ passed: 2, failed: 0 });
});

test("a failed test counts once, not again for its file", () => {
  const file = { status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] };
  const report = { numPassedTests: 1, numFailedTests: 1, testResults: [file] };
  expect(countResults(report, 1)).toEqual({ passed: 1, failed: 1 });
});

test("a file that does not load is a failure though none of its tests ran", () => {
  const file = { status: "failed", assertionResults: [] };
  const report = { numPassedTests: 2, numFailedTests: 0, testResults: [passedFile, file] };
  expect(countResults(report, 1)).toEqual({ passed: 2, failed: 1 });
});

test.each([
  [
    "ends badly with a clean report",
    { numPassedTests: 2, numFailedTests: 0, testResults: [passedFile] },
    1,
    2,
  ],
  ["is killed", { numPassedTests: 2, numFailedTests: 0, testResults: [passedFile] }, null, 2],
  ["leaves no report", undefined, 0, 0],
])("a run that %s is a failure", (_what, report, exitCode, passed) => {
  expect(countResults(report, exitCode)).toEqual({ passed, failed: 1 });
});

test("the last line sums up the runs", () => {
  expect(
    describeTotals([
      { passed: 40, failed: 0 },
      { passed: 2, failed: 1 },
    ]),
  ).toBe("42 passed, 1 failed");
});
