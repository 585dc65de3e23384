import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { runCommand } from "../src/commandLine.ts";
import { findGuest } from "../src/guests.ts";

const browser = ["--browser", inject("browser")];
const guests = join(import.meta.dirname, "../../guests/as");

/** An entry of guests/as/index.json; guests/README.md says what the fields mean. */
interface Example {
  readonly name: string;
  readonly source: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly expected: {
    readonly stdout: { readonly lines: readonly string[] };
    readonly stderr?: { readonly lines: readonly string[] };
  };
}

const examples = JSON.parse(readFileSync(join(guests, "index.json"), "utf8")) as Example[];

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lunatic-web-spec-"));
  // The first call builds it, and says so on stderr.
  expect((await runCommand(["--version"])).status).toBe(0);
  return () => rmSync(folder, { recursive: true, force: true });
});

test("the framework's own tests of processes, mailboxes and messages pass", async () => {
  const { stdout, status } = await runCommand(["test", join(guests, "tests/core.ts"), ...browser], {
    cwd: folder,
  });

  const count = Number(/running (\d+) tests/.exec(stdout)?.[1]);
  expect(stdout).toContain(`test result: ok. ${count - 1} passed; 0 failed; 1 ignored`);
  expect(count).toBeGreaterThan(80);
  expect(status).toBe(0);
});

test("the framework's own tests of files pass", async () => {
  const files = mkdtempSync(join(tmpdir(), "lunatic-web-spec-"));
  try {
    const { stdout, status } = await runCommand(["test", join(guests, "tests/files.ts"), ...browser], {
      cwd: files,
    });

    expect(stdout).toMatch(/test result: ok\. [3-9]\d passed; 0 failed; 0 ignored/);
    expect(status).toBe(0);
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
});

test("Rust and AssemblyScript find each other by names and understand each other's messages", async () => {
  copyFileSync(findGuest("interop").path, join(folder, "interop.wasm"));
  const source = join(guests, "interop/operations.ts");
  const build = await runCommand(["build", source, "--output", join(folder, "operations.wasm")]);
  expect(build.status).toBe(0);
  const { stdout, stderr } = await runCommand(["run", ...browser, "interop.wasm", "operations.wasm"], {
    cwd: folder,
  });

  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  expect(lines.filter((line) => line.startsWith("rust got "))).toEqual([
    "rust got Number { id: 1, value: -42 }",
    'rust got Text { id: 2, text: "grün+blau!" }',
    "rust got Real { id: 3, value: 1.5 }",
    "rust got Pong",
  ]);
  expect(lines.filter((line) => line.startsWith("the other got "))).toEqual([
    "the other got 100: number 2147483648",
    "the other got 101: text grün, blau, rot?",
    "the other got 102: real 1.875",
    "the other got pong",
  ]);
  expect(lines.at(-1)).toBe("both are through");
});

describe("an author runs an example", () => {
  test.for(examples.map((example) => [example.name, example] as const))("%s", async ([, example]) => {
    const { source, args, env, expected } = example;
    const { stdout, stderr } = await runCommand(["run", ...browser, join(guests, source), ...args], {
      cwd: folder,
      env,
    });

    expect(stdout.trimEnd().split("\n")).toEqual(expected.stdout.lines);
    for (const text of expected.stderr?.lines ?? []) expect(stderr).toContain(text);
  });
});
