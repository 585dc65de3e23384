#!/usr/bin/env node
/**
 * `npm test`: unit tests, then the specs in browsers (installing them where needed and possible), then one line
 * that sums both up. The second run goes ahead when the first fails, so that one look shows everything.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { countResults, describeTotals } from "./testTotals.mjs";

const root = join(import.meta.dirname, "..");

const totals = [
  runVitest(["run", "test:unit"], "unit.json"),
  run(["run", "browsers"]) === 0 ? runVitest(["run", "test:e2e"], "e2e.json") : { passed: 0, failed: 1 },
];
console.log(describeTotals(totals));
process.exitCode = totals.every((one) => one.failed === 0) ? 0 : 1;

/**
 * @param {readonly string[]} npmArguments of a script that runs Vitest
 * @param {string} reportName where its configuration puts the JSON report, below test-results/
 */
function runVitest(npmArguments, reportName) {
  const path = join(root, "test-results", reportName);
  rmSync(path, { force: true });
  const exitCode = run(npmArguments);
  const report = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  return countResults(report, exitCode);
}

/** @param {readonly string[]} npmArguments */
function run(npmArguments) {
  return spawnSync("npm", npmArguments, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).status;
}
