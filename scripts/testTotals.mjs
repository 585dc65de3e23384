/**
 * What a Vitest run came to, from its JSON report.
 * @typedef {{ passed: number, failed: number }} Totals
 */

/**
 * @typedef {object} JsonReport the part of Vitest's JSON report that counts
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {readonly { status: string, assertionResults: readonly { status: string }[] }[]} testResults per file
 */

/**
 * Counts tests, and as one failure each: a file that failed without a failed test (it did not load, or a hook
 * threw), and a run that ended badly although its report is clean or missing.
 * @param {JsonReport | undefined} report undefined: the run wrote none
 * @param {number | null} exitCode of the run; null: a signal ended it
 * @returns {Totals}
 */
export function countResults(report, exitCode) {
  const brokenFiles = (report?.testResults ?? []).filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = (report?.numFailedTests ?? 0) + brokenFiles.length;
  const isSilentFailure = failed === 0 && (report === undefined || exitCode !== 0);
  return { passed: report?.numPassedTests ?? 0, failed: isSilentFailure ? 1 : failed };
}

/** @param {readonly Totals[]} all */
export function describeTotals(all) {
  const passed = all.reduce((sum, one) => sum + one.passed, 0);
  const failed = all.reduce((sum, one) => sum + one.failed, 0);
  return `${passed} passed, ${failed} failed`;
}
