import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject } from "vitest";
import { runCommand } from "../src/commandLine.ts";
import { test as base } from "../src/fixtures.ts";
import { buildGuestProgram, guestProgramPath } from "../src/guestProgram.ts";
import { findGuest, readGuestModule } from "../src/guests.ts";
import { PATIENCE_MS } from "../src/page.ts";
import { buildRuntimePage, type GuestRun, type GuestRunOptions, runGuest } from "../src/runtimePage.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildRuntimePage();
});

type Run = (wasm: Uint8Array, options?: GuestRunOptions) => Promise<GuestRun>;

const test = base.extend("run", async ({ page }, { onCleanup }): Promise<Run> => {
  const server = await serveDirectory(site, { isolated: true });
  onCleanup(() => server[Symbol.asyncDispose]());
  await page.goto(server.url);
  await expect
    .poll(() => page.evaluate(() => "ready" in document.documentElement.dataset), { timeout: PATIENCE_MS })
    .toBe(true);
  return (wasm, options = {}) => runGuest(page, wasm, options);
});

interface Example {
  readonly name: string;
  readonly expected: { readonly stdout: { readonly lines: readonly string[] } };
}

const INDEX = JSON.parse(readFileSync(guestProgramPath("index.json"), "utf8")) as readonly Example[];
const EXAMPLES = ["counter", "supervisor", "deferred", "pool", "protocol"];

describe("an author's program with abstract processes", () => {
  test.for(EXAMPLES)("%s", async (name, { run }) => {
    const { stdout, reason } = await run(await buildGuestProgram(`examples/${name}/main.ts`));
    const example = INDEX.find((one) => one.name === name);
    expect(stdout.trimEnd().split("\n")).toEqual(example?.expected.stdout.lines);
    expect(reason).toBe("normal");
  });
});

const RUST = findGuest("abstract_interop");

/** What the one that uses the counter says, after its language, and what the counter itself does. */
const USE = ["total 10", "now 15", "15", "115 is at least 100", "the counter has shut down"];
const COUNTER = [
  "5 added because of five and more",
  "100 added because of a delay",
  "the counter ends with 115",
];

function linesOf({ stdout }: GuestRun, language: string): string[] {
  const prefix = `${language}: `;
  return stdout
    .split("\n")
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length));
}

describe.for([{ executors: 1 }, { executors: 2 }])("on %o, one process understands the other", (runtime) => {
  test("a counter in Rust is used from AssemblyScript", async ({ run }) => {
    const both = await run(await buildGuestProgram("interop/useCounter.ts"), {
      runtime,
      partner: readGuestModule(RUST),
    });
    expect(linesOf(both, "as")).toEqual(USE);
    expect(linesOf(both, "rust")).toEqual(expect.arrayContaining(COUNTER));
  });

  test("a counter in AssemblyScript is used from Rust", async ({ run }) => {
    const both = await run(readGuestModule(RUST), {
      runtime,
      args: ["use", "counter"],
      partner: await buildGuestProgram("interop/serveCounter.ts"),
    });
    expect(linesOf(both, "rust")).toEqual(USE);
    expect(linesOf(both, "as")).toEqual(expect.arrayContaining(COUNTER));
  });
});

base("the framework's tests of abstract processes, supervisors and sessions pass", async () => {
  const argv = ["test", guestProgramPath("tests/upper.ts"), "--browser", inject("browser")];
  const { status, stdout } = await runCommand(argv);
  expect(stdout).toContain("test result: ok.");
  expect(Number(/running (\d+) tests/.exec(stdout)?.[1])).toBeGreaterThan(40);
  expect(status).toBe(0);
});
