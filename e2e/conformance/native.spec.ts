import { describe, expect, test } from "vitest";
import { assembleProgram } from "./assembleProgram.ts";
import type { ConformanceCase } from "./conformanceCase.ts";
import { readReports } from "./judge.ts";
import { runNatively } from "./nativeRuntime.ts";
import { TABLES } from "./tables/index.ts";

/**
 * The cases on the native runtime, which must agree but where a case says what it does instead. Not a part of any other
 * run, because it needs that runtime: `LUNATIC=/path/to/lunatic npm run conformance:native -w @lunatic-web/e2e`.
 */
const executable = process.env.LUNATIC;
if (executable === undefined) throw new Error("Set LUNATIC to the path of a lunatic 0.13.2 executable");

const cases = Object.values(TABLES).flat();

function endOf({ ends = "returned" }: ConformanceCase): string {
  return ends === "returned" || ends === "exited" ? "normal" : "failure";
}

describe("the native runtime", () => {
  test.for(cases.filter(({ natively }) => natively === undefined))("$chapter $name", async (one) => {
    const { stdout, end } = runNatively(executable, { ...one, wasm: await assembleProgram(one) });
    expect({ reports: readReports(stdout), end }).toEqual({
      reports: (one.reports ?? []).map(String),
      end: endOf(one),
    });
  });

  test.for(cases.filter(({ natively }) => natively !== undefined))(
    "$chapter differs, $natively: $name",
    async (one) => {
      const { stdout, end } = runNatively(executable, { ...one, wasm: await assembleProgram(one) });
      expect({ reports: readReports(stdout), end }).not.toEqual({
        reports: (one.reports ?? []).map(String),
        end: endOf(one),
      });
    },
  );
});
