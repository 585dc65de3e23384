import { beforeAll, describe, expect } from "vitest";
import { type AssemblyOptions, assembleProgram } from "../conformance/assembleProgram.ts";
import {
  buildConformancePage,
  type ConformanceRuns,
  type RunAllOptions,
  runAll,
} from "../conformance/conformancePage.ts";
import { judge } from "../conformance/judge.ts";
import { TABLES } from "../conformance/tables/index.ts";
import { test as base } from "../src/fixtures.ts";
import { openSite } from "../src/openSite.ts";

const cases = Object.values(TABLES).flat();

let site: string;
beforeAll(async () => {
  site = await buildConformancePage();
});

const assembled = new Map<number, Promise<readonly Uint8Array[]>>();

/** The module of each case, made once. */
function assembleAll(computeAfterSpawn: number): Promise<readonly Uint8Array[]> {
  let modules = assembled.get(computeAfterSpawn);
  if (modules === undefined) {
    modules = Promise.all(cases.map((one) => assembleProgram(one, { computeAfterSpawn })));
    assembled.set(computeAfterSpawn, modules);
  }
  return modules;
}

interface Setting extends RunAllOptions, AssemblyOptions {
  readonly isolated: boolean;
}

type RunCases = (setting: Setting) => Promise<ConformanceRuns>;

const test = base.extend("runCases", async ({ page }, { onCleanup }): Promise<RunCases> => {
  return async ({ isolated, computeAfterSpawn = 0, ...options }) => {
    await openSite(page, site, isolated, onCleanup);
    const modules = await assembleAll(computeAfterSpawn);
    const runs = cases.map((one, index) => ({ ...one, wasm: modules[index]! }));
    return runAll(page, runs, options);
  };
});

function problemsOf({ outcomes }: ConformanceRuns): string[] {
  return cases.flatMap((one, index) =>
    judge(one, outcomes[index]!).map((problem) => `${one.chapter} ${one.name}: ${problem}`),
  );
}

/** Small, so that a parent soon has used one up. */
const SLICE = 20_000;
const APART = { executors: 2, atOnce: 1, sliceFuel: SLICE, computeAfterSpawn: SLICE };

describe.for([{ isolated: true }, { isolated: false }])(
  "what the host ABI says holds, %o",
  ({ isolated }) => {
    test("on one executor", async ({ runCases }) => {
      const runs = await runCases({ isolated, executors: 1, atOnce: 8 });
      expect(problemsOf(runs)).toEqual([]);
    });

    test("when parents and children live on different executors", async ({ runCases }) => {
      const runs = await runCases({ isolated, ...APART });
      expect(problemsOf(runs)).toEqual([]);
      const apart = runs.outcomes.filter(({ executors }) => executors > 1).length;
      // Else the setting has not done what it is for.
      if (runs.executors > 1) expect(apart).toBeGreaterThan(cases.length / 8);
    });
  },
);
