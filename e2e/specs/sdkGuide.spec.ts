import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, inject, test as plainTest } from "vitest";
import { runCommand } from "../src/commandLine.ts";
import { buildCompilerPage, type CompilerPage } from "../src/compilerPage.ts";
import { test } from "../src/fixtures.ts";
import { readGuidePrograms } from "../src/guidePrograms.ts";
import { openSite } from "../src/openSite.ts";

const programs = readGuidePrograms();

let site: string;
beforeAll(async () => {
  site = await buildCompilerPage();
});

plainTest("the guide says of every program what it prints, and of one with tests how they end", () => {
  expect(programs.length).toBeGreaterThan(10);
  for (const { line, code, output, session } of programs) {
    expect(output, `line ${line} of the guide`).toBeDefined();
    if (code.includes("@test")) expect(session, `line ${line} of the guide`).toBeDefined();
  }
});

const EXECUTORS = [{ executors: 1 }, { executors: 2 }];

test.for(EXECUTORS)(
  "a reader copies any program of the guide into a page, and it prints what the guide says: %o",
  async ({ executors }, { page, onTestFinished }) => {
    await openSite(page, site, true, onTestFinished);
    const printed: Record<string, string> = {};
    for (const { line, code } of programs) {
      printed[line] = await page.evaluate(compileAndRun, code, executors);
    }

    expect(printed).toEqual(Object.fromEntries(programs.map(({ line, output }) => [line, output])));
  },
);

async function compileAndRun(text: string, executors: number): Promise<string> {
  const { workshop } = globalThis as unknown as CompilerPage;
  // One for all: it keeps what it has parsed of the library.
  workshop.compiler ??= workshop.createCompiler();
  const result = await workshop.compiler.compile(workshop.request(text));
  if (!result.wasm) return result.diagnostics.map(({ message }) => message).join("\n");
  return workshop.run(result, executors);
}

const sessions = programs.filter(({ session }) => session !== undefined);

plainTest.for(sessions)("a reader runs the tests of the program in line $line", async ({ code, session }) => {
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-spec-"));
  try {
    writeFileSync(join(folder, "main.ts"), code);
    const [command, ...shown] = session!.trimEnd().split("\n");
    const [, ...argv] = command!.replace("$ npx ", "").split(" ");
    const { status, stdout } = await runCommand([...argv, "--browser", inject("browser")], { cwd: folder });

    expect(reportLines(stdout)).toEqual(reportLines(shown.join("\n")));
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Sorted, since tests are reported in the order in which they end, and without the time they took. */
function reportLines(report: string): string[] {
  return report
    .trim()
    .replace(/finished in [\d.]+s/, "finished in so long")
    .split("\n")
    .sort();
}
