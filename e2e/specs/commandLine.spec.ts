import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, beforeAll, describe, expect, inject } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { findBrowser } from "../src/browsers.mjs";
import { COMMAND_IN_SHELL, runCommand, startCommand } from "../src/commandLine.ts";
import { findGuest } from "../src/guests.ts";
import { PATIENCE_MS } from "../src/page.ts";

const browser = inject("browser");
const inBrowser = ["--browser", browser];
const prebuilt = join(import.meta.dirname, "../../guests/rust/prebuilt");
const suite = (name: string) => join(prebuilt, `tests/${name}.wasm`);
const ownTests = suite("own_tests");
const guestTests = suite("guests");

/** In the name of the test that never ends. */
const HANGING = "hangs";

interface ListedTest {
  readonly name: string;
  readonly outcome: "ok" | "failed";
}

/** A directory of its own for each test: the working directory is passed to guests. */
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
const test = base.extend("folder", async ({}, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-spec-"));
  onCleanup(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
});

beforeAll(async () => {
  // The first call builds it, and says so on stderr.
  expect((await runCommand(["--version"])).status).toBe(0);
});

describe("a cargo user", () => {
  test.for(["own_tests", "guests"])("sees each test of %s end as natively", async (name, { folder }) => {
    const listed = JSON.parse(readFileSync(join(prebuilt, `tests/${name}.json`), "utf8")) as ListedTest[];
    const { stdout } = await runCommand(
      ["test", suite(name), "--json", "--include-ignored", "--skip", HANGING, ...inBrowser],
      { cwd: folder },
    );
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; event: string; name: string });
    const outcomes = events
      .filter(({ type, event }) => type === "test" && event !== "started")
      .map(({ name, event }) => [name, event]);
    const expected = listed
      .filter(({ name }) => !name.includes(HANGING))
      .map(({ name, outcome }) => [name, outcome]);
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(expected));
  });

  test("is told which test hangs, and goes on", async ({ folder }) => {
    const { status, stdout } = await runCommand(
      ["test", guestTests, "endless_loop", "--include-ignored", "--timeout", "20", ...inBrowser],
      { cwd: folder },
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/test guests::endless_loop::tests::\w*hangs\w* \.\.\. FAILED\n/);
    expect(stdout).toContain("note: test did not end within 20 s and was killed (--timeout)\n");
    expect(stdout).toContain("test result: FAILED. 2 passed; 1 failed;");
  });

  test("reads results as cargo prints them, and gets exit code 1 for a failure", async ({ folder }) => {
    const failing = await runCommand(["test", ownTests, "wrong_panic", "--ignored", ...inBrowser], {
      cwd: folder,
    });
    expect(failing.status).toBe(1);
    expect(failing.stdout).toContain("\nrunning 1 test\n");
    expect(failing.stdout).toContain("failure_by_the_wrong_panic - should panic ... FAILED\n");
    expect(failing.stdout).toContain('panic message: `"red"`,\n expected substring: `"blue"`\n');
  });

  // Each test binary is a command line of its own; a shell of that name stands in for cargo.
  test("pays for the browser's start once, and nothing is left of it", async ({ folder }) => {
    const cargo = join(folder, "cargo");
    symlinkSync("/bin/sh", cargo);
    const launches = join(folder, "launches");
    const wrapper = join(folder, "browser");
    const { path } = findBrowser(browser);
    const script = `#!/bin/sh\ncase "$*" in *--version*) ;; *) echo start >> "${launches}" ;; esac\nexec "${path}" "$@"\n`;
    writeFileSync(wrapper, script);
    chmodSync(wrapper, 0o755);
    const call = `${COMMAND_IN_SHELL} test "${ownTests}" results --browser ${browser}`;
    const started = startCommand(["-c", `${call} && ${call}`], {
      cwd: folder,
      env: { [browser === "chromium" ? "LUNATIC_CHROMIUM" : "LUNATIC_FIREFOX"]: wrapper },
      through: [cargo],
    });
    const { stdout, stderr } = await started.finished;
    expect(stderr).toBe("");
    expect(stdout.match(/test result: ok\. 2 passed/g)).toHaveLength(2);
    expect(readFileSync(launches, "utf8")).toBe("start\n");
    await expectNoneWith(`"owner":${started.child.pid},`);
  });
});

describe("a developer", () => {
  test("gives a program his input, and gets its exit code", async ({ folder }) => {
    const wasm = join(folder, "cat.wasm");
    writeFileSync(wasm, await assembleGuest("copyInput"));
    // Bytes that are no text come out as they went in.
    const input = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const { status, stdout } = await runCommand(["run", "--wasi-exit-code", ...inBrowser, wasm], {
      cwd: folder,
      input,
      encoding: "latin1",
    });
    expect(Buffer.from(stdout, "latin1")).toEqual(input);
    expect(status).toBe(7);
  });

  test("gives a program that reads nothing no more input than fits on the way", async ({ folder }) => {
    const wasm = join(folder, "keepOpen.wasm");
    writeFileSync(wasm, await assembleGuest("keepOpen"));
    const input = new Uint8Array(64 << 20);
    const run = startCommand(["run", ...inBrowser, wasm], { cwd: folder, input });
    await run.printed("open");
    expect(run.child.stdin?.writableLength).toBeGreaterThan(input.length / 2);
    run.child.kill("SIGINT");
    expect((await run.finished).status).toBe(130);
  });

  test("finds on disk what a program has written there", async ({ folder }) => {
    const { status, stdout } = await runCommand(["run", ...inBrowser, findGuest("files").path], {
      cwd: folder,
    });
    expect(stdout).toContain("tidied up: true");
    expect(status).toBe(0);
  });

  test("runs a program of any WASI runtime, which sees only what it is given", async ({ folder }) => {
    const root = join(folder, "root");
    mkdirSync(root);
    const given = ["--wasi-exit-code", "--dir", `${root}::/`, "--env", "A=b"];
    const { status, stdout, stderr } = await runCommand(
      ["run", ...given, ...inBrowser, findGuest("preview1").path],
      { cwd: folder },
    );
    expect(stdout).toContain("a path with a NUL is refused ... ok");
    expect({ status, stderr, left: readdirSync(root) }).toEqual({ status: 0, stderr: "", left: [] });
  });

  test("reads a trap with the names of functions", async ({ folder }) => {
    const { status, stderr } = await runCommand(["run", ...inBrowser, findGuest("deep_panic").path], {
      cwd: folder,
    });
    expect(status).toBe(1);
    expect(stderr).toContain(
      "Process 1 failed: it trapped: unreachable\n    <deep_panic::Table>::take_chair\n",
    );
  });

  test("ends a program by Ctrl-C, and nothing is left of it", async ({ folder }) => {
    const run = startCommand(["run", ...inBrowser, findGuest("endless_loop").path], {
      cwd: folder,
      env: { TMPDIR: folder },
    });
    await run.printed("tick 1");
    run.child.kill("SIGINT");
    expect((await run.finished).status).toBe(130);
    await expectNothingLeft(folder);
  });

  test("is told when the browser dies in the middle, and nothing is left of it", async ({ folder }) => {
    const run = startCommand(["run", ...inBrowser, findGuest("endless_loop").path], {
      cwd: folder,
      env: { TMPDIR: folder },
    });
    await run.printed("tick 1");
    for (const pid of processesWith(folder)) killNow(pid);
    const { status, stderr } = await run.finished;
    expect(status).toBe(3);
    expect(stderr).toContain("Error: The browser was lost: ");
    await expectNothingLeft(folder);
  });

  test("kills the command line itself, and nothing is left of it", async ({ folder }) => {
    const run = startCommand(["run", ...inBrowser, findGuest("endless_loop").path], {
      cwd: folder,
      env: { TMPDIR: folder },
    });
    await run.printed("tick 1");
    run.child.kill("SIGKILL");
    await run.finished;
    await expectNothingLeft(folder);
  });

  test("runs without isolation headers", async ({ folder }) => {
    const { status, stdout } = await runCommand(
      ["run", "--no-isolation", ...inBrowser, findGuest("ping_pong").path],
      { cwd: folder },
    );
    expect(status).toBe(0);
    expect(stdout).not.toBe("");
  });
});

/** Waits for processes that are about to end: a browser's children do so a moment after it. */
async function expectNoneWith(text: string): Promise<void> {
  await expect.poll(() => processesWith(text), { timeout: PATIENCE_MS }).toEqual([]);
}

/** Neither processes nor browser profiles of command lines whose folder for temporary files it is. */
async function expectNothingLeft(folder: string): Promise<void> {
  await expectNoneWith(folder);
  const profiles = () => readdirSync(folder).filter((name) => name.startsWith("lunatic-web-"));
  await expect.poll(profiles, { timeout: PATIENCE_MS }).toEqual([]);
}

/** Of a browser's processes some end by themselves when another has been killed. */
function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ids of the processes whose arguments contain a text; the search itself is none of them. */
function processesWith(text: string): number[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line.includes(text))
    .map((line) => Number.parseInt(line, 10));
}
