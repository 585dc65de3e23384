import { expect, it } from "vitest";
import { type ScriptedRun, scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const REPORT = "/book/report.txt";

/** Three sign, a guest comes, one report is written and one fails. */
function run(): ScriptedRun {
  const all = scriptRun(goals);
  for (let pid = 2; pid <= 4; pid++) all.spawn(pid, 1, "sign").exit(pid);
  return all
    .spawn(5, 1, "visit")
    .exit(5)
    .spawn(6, 1, "report")
    .exit(6)
    .spawn(7, 1, "report")
    .exit(7, "trapped");
}

it("what is in files while main is at work does not count", () => {
  const all = run()
    .file("/book/guests.txt", "Ada\nGrace\nAlan\n")
    .file("/book/open/hello.txt", "hello")
    .file("/book/secret.txt", "secret")
    .file(REPORT, "report 1\nthe end\n");
  expect(all.reached).toEqual([]);
  expect(all.exit(1).reached).toEqual(["one-list", "jailed", "whole"]);
});

it("a list with a line too few is not signed by all, and one that no process signed neither", () => {
  expect(run().file("/book/guests.txt", "Ada\n\nGrace\n").exit(1).reached).toEqual([]);
  expect(scriptRun(goals).file("/book/guests.txt", "a\nb\nc\n").exit(1).reached).toEqual([]);
});

it("a guest that can do nothing has not left its word, and one that can do all has taken the secret", () => {
  expect(run().file("/book/secret.txt", "secret").exit(1).reached).toEqual([]);
  expect(run().file("/book/open/hello.txt", "hello").exit(1).reached).toEqual([]);
  expect(run().file("/book/open/hello.txt", "hello").file("/book/secret.txt", "").exit(1).reached).toEqual(
    [],
  );
});

it("half a report is no report", () => {
  expect(run().file(REPORT, "report 2: all is ").exit(1).reached).toEqual([]);
  expect(run().file(REPORT, "report 1: all is well\nthe end\nreport 2: all").exit(1).reached).toEqual([]);
});

it("a report is no proof where nothing has failed", () => {
  expect(scriptRun(goals).file(REPORT, "report 1\nthe end\n").exit(1).reached).toEqual([]);
});

it("a main that fails has left nothing that counts", () => {
  const all = run().file("/book/guests.txt", "Ada\nGrace\nAlan\n").file(REPORT, "the end\n");
  expect(all.exit(1, "trapped").reached).toEqual([]);
});
