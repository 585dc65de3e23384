import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, beforeAll, describe, expect, inject } from "vitest";
import { runCommand } from "../src/commandLine.ts";

const inBrowser = ["--browser", inject("browser")];

/** A folder with a project as `init --sdk` lays it out. */
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
const test = base.extend("project", async ({}, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-project-"));
  onCleanup(() => rmSync(folder, { recursive: true, force: true }));
  expect((await runCommand(["init", "--sdk"], { cwd: folder })).status).toBe(0);
  return folder;
});

beforeAll(async () => {
  // The first call builds it, and says so on stderr.
  expect((await runCommand(["--version"])).status).toBe(0);
});

describe("an author of a new SDK project", () => {
  test("runs it from its source, and builds a module that does the same", async ({ project }) => {
    const expected = { status: 0, stdout: "Hello, world!\n", stderr: "" };
    expect(await runCommand(["run", "src/main.ts", ...inBrowser], { cwd: project })).toEqual(expected);

    const built = await runCommand(["build"], { cwd: project });
    expect(built.status).toBe(0);
    expect(await runCommand(["run", "build/main.wasm", ...inBrowser], { cwd: project })).toEqual(expected);
  });

  test("runs its tests", async ({ project }) => {
    const { status, stdout } = await runCommand(["test", "src/greeting.test.ts", ...inBrowser], {
      cwd: project,
    });

    expect(stdout).toContain("test src::greeting.test::greetsByName ... ok\n");
    expect(stdout).toContain("needsAName - should panic ... ok\n");
    expect(status).toBe(0);
  });

  test("sees the text of a failed assertion, and the stack in lines of the source", async ({ project }) => {
    const main = readFileSync(join(project, "src/main.ts"), "utf8");
    writeFileSync(
      join(project, "src/main.ts"),
      main.replaceAll("spawn", "spawnLink").replace('"world"', '""'),
    );
    const line = main.split("\n").findIndex((text) => text.includes("asker.send(greet(")) + 1;
    expect((await runCommand(["build", "--debug"], { cwd: project })).status).toBe(0);

    for (const program of ["src/main.ts", "build/main.wasm"]) {
      const { stderr } = await runCommand(["run", program, ...inBrowser], {
        cwd: project,
      });
      expect(stderr, program).toContain("panicked at 'nobody to greet', src/greeting.ts:3:3\n");
      expect(stderr, program).toContain(
        `    greet (src/greeting.ts:3:3)\n    greeter (src/main.ts:${line}:14)\n`,
      );
    }
  });
});
