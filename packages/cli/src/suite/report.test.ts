import { expect, test } from "vitest";
import { jsonReport, prettyReport, type Report, terseReport } from "./report.ts";
import type { TestResult } from "./runSuite.ts";

const PLAIN = { isColoured: false, showsOutput: false };

function result(
  name: string,
  outcome: TestResult["outcome"],
  output = "",
  expectedPanic?: string,
): TestResult {
  const isIgnored = outcome === "ignored";
  return { test: { entry: name, name, isIgnored, expectedPanic }, outcome, output, seconds: 0.25 };
}

const RESULTS = [
  result("k::fine", "ok", "said by a success\n"),
  result("k::left_out", "ignored"),
  result("k::falls", "failed", "thread 'main' panicked", ""),
  result("k::silent", "failed"),
];
const COUNTS = { passed: 1, failed: 2, ignored: 1, filteredOut: 5 };

function tell(report: Report): string {
  return [
    report.begin(RESULTS.length),
    ...RESULTS.flatMap((one) => [report.started(one.test), report.result(one)]),
    report.end(RESULTS, COUNTS, 1.234),
  ].join("");
}

const FAILURES = `
failures:

---- k::falls stdout ----
thread 'main' panicked

failures:
    k::falls
    k::silent

test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 measured; 5 filtered out; finished in 1.23s

`;

test("a suite is told as cargo's users know it", () => {
  expect(tell(prettyReport(PLAIN))).toBe(`
running 4 tests
test k::fine ... ok
test k::left_out ... ignored
test k::falls - should panic ... FAILED
test k::silent ... FAILED
${FAILURES}`);
});

test("what successes wrote is told on request, before the failures", () => {
  expect(tell(prettyReport({ ...PLAIN, showsOutput: true }))).toContain(`
successes:

---- k::fine stdout ----
said by a success

successes:
    k::fine

failures:
`);
});

test("results are coloured as lunatic's are", () => {
  const told = tell(prettyReport({ ...PLAIN, isColoured: true }));
  expect(told).toContain("test k::fine ... \u001b[92mok\u001b[0m\n");
  expect(told).toContain("... \u001b[93mignored\u001b[0m\n");
  expect(told).toContain("test result: \u001b[91mFAILED\u001b[0m.");
});

test("one test is one test", () => {
  expect(prettyReport(PLAIN).begin(1)).toBe("\nrunning 1 test\n");
});

test("a terse report has a character per test", () => {
  expect(tell(terseReport(PLAIN))).toBe(`\nrunning 4 tests\n.iFF\n${FAILURES}`);
});

test("a JSON report has a value per line, in the shapes of libtest", () => {
  const lines = tell(jsonReport(PLAIN)).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { type: "suite", event: "started", test_count: 4 },
    { type: "test", event: "started", name: "k::fine" },
    { type: "test", event: "ok", name: "k::fine", exec_time: 0.25 },
    { type: "test", event: "ignored", name: "k::left_out" },
    { type: "test", event: "started", name: "k::falls" },
    { type: "test", event: "failed", name: "k::falls", exec_time: 0.25, stdout: "thread 'main' panicked" },
    { type: "test", event: "started", name: "k::silent" },
    { type: "test", event: "failed", name: "k::silent", exec_time: 0.25 },
    {
      type: "suite",
      event: "failed",
      passed: 1,
      failed: 2,
      ignored: 1,
      measured: 0,
      filtered_out: 5,
      exec_time: 1.234,
    },
  ]);
});
