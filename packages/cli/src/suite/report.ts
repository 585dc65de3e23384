import type { TestResult } from "./runSuite.ts";
import type { TestCase } from "./testName.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly ignored: number;
  readonly filteredOut: number;
}

/** How a suite is told: text for stdout at each step. */
export interface Report {
  begin(tests: number): string;
  started(test: TestCase): string;
  result(result: TestResult): string;
  end(results: readonly TestResult[], counts: Counts, seconds: number): string;
}

export interface ReportStyle {
  readonly isColoured: boolean;
  /** Tell what successful tests wrote as well. */
  readonly showsOutput: boolean;
}

/** As lunatic's own runner prints it, which is as cargo's users know it (host ABI ch. 14). */
export function prettyReport(style: ReportStyle): Report {
  return {
    begin,
    started: () => "",
    result: ({ test, outcome }) => `test ${test.name}${shouldPanic(test)} ... ${word(outcome, style)}\n`,
    end: (results, counts, seconds) => summary(results, counts, seconds, style),
  };
}

/** A character per test, 88 in a line, then the summary. */
export function terseReport(style: ReportStyle): Report {
  let printed = 0;
  return {
    begin,
    started: () => "",
    result({ outcome }) {
      const mark = paint(TERSE[outcome], COLOURS[outcome], style);
      return ++printed % TERSE_WIDTH === 0 ? `${mark}\n` : mark;
    },
    end: (results, counts, seconds) =>
      `${printed % TERSE_WIDTH === 0 ? "" : "\n"}${summary(results, counts, seconds, style)}`,
  };
}

/** One JSON value a line, in the shapes of libtest's `--format json`. */
export function jsonReport({ showsOutput }: ReportStyle): Report {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  return {
    begin: (tests) => line({ type: "suite", event: "started", test_count: tests }),
    started: ({ name, isIgnored }) => (isIgnored ? "" : line({ type: "test", event: "started", name })),
    result: ({ test, outcome, output, seconds }) =>
      line({
        type: "test",
        event: outcome,
        name: test.name,
        ...(outcome === "ignored" ? {} : { exec_time: seconds }),
        ...(output !== "" && (showsOutput || outcome === "failed") ? { stdout: output } : {}),
      }),
    end: (_, { passed, failed, ignored, filteredOut }, seconds) =>
      line({
        type: "suite",
        event: failed === 0 ? "ok" : "failed",
        passed,
        failed,
        ignored,
        measured: 0,
        filtered_out: filteredOut,
        exec_time: seconds,
      }),
  };
}

const TERSE_WIDTH = 88;
const WORDS = { ok: "ok", failed: "FAILED", ignored: "ignored" } as const;
const TERSE = { ok: ".", failed: "F", ignored: "i" } as const;
/** SGR colours of lunatic's runner: bright green, red and yellow. */
const COLOURS = { ok: 92, failed: 91, ignored: 93 } as const;

function begin(tests: number): string {
  return `\nrunning ${tests} test${tests === 1 ? "" : "s"}\n`;
}

function shouldPanic({ expectedPanic, isIgnored }: TestCase): string {
  return expectedPanic === undefined || isIgnored ? "" : " - should panic";
}

function word(outcome: TestResult["outcome"], style: ReportStyle): string {
  return paint(WORDS[outcome], COLOURS[outcome], style);
}

function paint(text: string, colour: number, { isColoured }: ReportStyle): string {
  return isColoured ? `\u001b[${colour}m${text}\u001b[0m` : text;
}

function summary(
  results: readonly TestResult[],
  { passed, failed, ignored, filteredOut }: Counts,
  seconds: number,
  style: ReportStyle,
): string {
  const successes = results.filter(({ outcome }) => outcome === "ok");
  const failures = results.filter(({ outcome }) => outcome === "failed");
  return [
    style.showsOutput ? section("successes", successes) : "",
    failures.length > 0 ? section("failures", failures) : "",
    `\ntest result: ${word(failed === 0 ? "ok" : "failed", style)}. ${passed} passed; ${failed} failed; ${ignored} ignored; `,
    `0 measured; ${filteredOut} filtered out; finished in ${seconds.toFixed(2)}s\n\n`,
  ].join("");
}

/** The outputs under a heading, then the names under the same one. */
function section(heading: string, results: readonly TestResult[]): string {
  const outputs = results
    .filter(({ output }) => output !== "")
    .map(({ test, output }) => {
      const ended = output.endsWith("\n") ? output : `${output}\n`;
      return `\n---- ${test.name} stdout ----\n${ended}`;
    });
  const names = results.map(({ test }) => `    ${test.name}\n`);
  return `\n${heading}:\n${outputs.join("")}\n${heading}:\n${names.join("")}`;
}
