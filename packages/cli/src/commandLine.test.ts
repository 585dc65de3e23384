import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCommandLine } from "./commandLine.ts";
import { CommandError, ExitStatus } from "./errors.ts";
import { COMMANDS } from "./options/specs.ts";
import { createMemoryIo, type MemoryIo } from "./testing/memoryIo.ts";
import { moduleWithExports } from "./testing/moduleBytes.ts";
import { type Script, ScriptedSession } from "./testing/scriptedSession.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "lunatic-web-command-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly session: ScriptedSession;
}

/** Calls the command line with a module `app.wasm` whose functions do what the scripts say. */
async function call(
  argv: readonly string[],
  scripts: Readonly<Record<string, Script>> = {},
  given: { io?: MemoryIo; env?: Record<string, string> } = {},
): Promise<Outcome> {
  writeFileSync(join(cwd, "app.wasm"), moduleWithExports(Object.keys(scripts)));
  const session = new ScriptedSession(scripts);
  const io = given.io ?? createMemoryIo(cwd, "", given.env);
  const status = await runCommandLine(argv, io, { openSession: async () => session });
  return { status, ...io.written, session };
}

/** Lets faked time pass until a promise has settled. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const note = () => {
    isSettled = true;
  };
  promise.then(note, note);
  while (!isSettled) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(100);
  }
  return promise;
}

describe("run", () => {
  test("gives the root its arguments, environment and directories, and streams its output", async () => {
    const { status, stdout, stderr, session } = await call(
      ["run", "--env", "B=2", "app.wasm", "one", "--bench", "--", "-x"],
      {
        _start: async ({ print }) => {
          await print("out\n");
          await print("err\n", 2, "stderr");
          return {};
        },
      },
      { env: { A: "1" } },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "out\n", stderr: "err\n" });
    expect(session.requests[0]).toMatchObject({
      args: ["one", "-x", "--bench"],
      env: { A: "1", B: "2" },
      preopens: ["."],
    });
    expect(session.isClosed).toBe(true);
  });

  test("is implied by a module and by an option of lunatic's", async () => {
    const scripts = { _start: () => ({}) };
    expect((await call(["app.wasm"], scripts)).session.requests).toHaveLength(1);
    expect((await call(["--bench", "app.wasm"], scripts)).session.requests).toHaveLength(1);
    expect((await call(["--dir", ".", "app.wasm"], scripts)).session.requests).toHaveLength(1);
  });

  test("passes stdin to its end", async () => {
    const io = createMemoryIo(cwd, "a line\n");
    const echo: Script = async ({ input, print }) => {
      await print(await input);
      return {};
    };
    expect((await call(["run", "app.wasm"], { _start: echo }, { io })).stdout).toBe("a line\n");
  });

  test.for([
    ["returned", { reason: "normal", cause: "returned" }, [], 0],
    ["trapped", { reason: "failure", cause: "trapped", message: "unreachable" }, [], 1],
    ["called proc_exit(0)", { reason: "normal", cause: "exited", code: 0 }, [], 0],
    ["called proc_exit(7)", { reason: "failure", cause: "exited", code: 7 }, [], 1],
    ["called proc_exit(7)", { reason: "failure", cause: "exited", code: 7 }, ["--wasi-exit-code"], 7],
    ["trapped", { reason: "failure", cause: "trapped", message: "" }, ["--wasi-exit-code"], 1],
  ] as const)("of a root that %s: %o, %o, exit code %i", async ([, end, options, status]) => {
    expect((await call(["run", ...options, "app.wasm"], { _start: () => end })).status).toBe(status);
  });

  test("ends what takes too long", async () => {
    const endless: Script = async ({ stopped }) => {
      await stopped;
      return { reason: "failure", cause: "killed" };
    };
    const { status } = await call(["run", "--timeout", "0.01", "app.wasm"], { _start: endless });
    expect(status).toBe(ExitStatus.timeout);
  });

  test("leaves a guest to itself that does not stop", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      const called = call(["run", "--timeout", "1", "app.wasm"], { _start: () => new Promise(() => {}) });
      const { status, stderr } = await settled(called);
      expect(status).toBe(ExitStatus.timeout);
      expect(stderr).toMatch(/^Error: The guest was told to end and does not/);
    } finally {
      vi.useRealTimers();
    }
  });

  test("stops at Ctrl-C, and still writes back what the guest had written", async () => {
    const io = createMemoryIo(cwd);
    const { status } = await call(
      ["run", "app.wasm"],
      {
        _start: async ({ stopped }) => {
          io.abort(ExitStatus.terminated);
          await stopped;
          const written = new Map([["/new.txt", new TextEncoder().encode("kept")]]);
          return { reason: "failure", cause: "killed", changes: { written, times: new Map(), removed: [] } };
        },
      },
      { io },
    );
    expect(status).toBe(ExitStatus.terminated);
    expect(readFileSync(join(cwd, "new.txt"), "utf8")).toBe("kept");
  });

  test("tells machines a value a line", async () => {
    const script: Script = async ({ print }) => {
      await print("hi");
      return { reason: "failure", cause: "exited", code: 3 };
    };
    const { stdout } = await call(["run", "--json", "app.wasm"], { _start: script });
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { type: "output", pid: 1, stream: "stdout", text: "hi" },
      { type: "exit", reason: "failure", cause: "exited", code: 3 },
    ]);
  });

  test("of a test binary says how to run it", async () => {
    const { status, stderr } = await call(["run", "app.wasm"], { "#lunatic_test_app::one": () => ({}) });
    expect(status).toBe(ExitStatus.failure);
    expect(stderr).toContain("run them with lunatic-web test");
  });
});

describe("test", () => {
  const SCRIPTS: Readonly<Record<string, Script>> = {
    "#lunatic_test_app::passes": () => ({}),
    "#lunatic_test_#panic_red#app::panics": async ({ print }) => {
      await print("thread 'main' panicked at 'red', a.rs:1:2\n", 1, "stderr");
      return { reason: "failure", cause: "trapped", message: "unreachable" };
    },
    "#lunatic_test_#ignore_app::is_ignored": async ({ print }) => {
      await print("from the ignored one\n");
      return { reason: "failure", cause: "trapped", message: "unreachable" };
    },
  };

  test("runs each test in an environment of its own, without argv[0]'s neighbours", async () => {
    const { status, stdout, session } = await call(["test", "app.wasm"], SCRIPTS);
    expect(status).toBe(ExitStatus.success);
    expect(stdout).toContain("\nrunning 3 tests\n");
    expect(stdout).toContain("test app::passes ... ok\n");
    expect(stdout).toContain("test app::panics - should panic ... ok\n");
    expect(stdout).toContain("test app::is_ignored ... ignored\n");
    expect(stdout).toContain("test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out;");
    expect(session.requests.map(({ entry }) => entry).sort()).toEqual([
      "#lunatic_test_#panic_red#app::panics",
      "#lunatic_test_app::passes",
    ]);
  });

  test("ends with 1 when a test fails, and tells what it wrote", async () => {
    const { status, stdout } = await call(["test", "app.wasm", "--ignored"], SCRIPTS);
    expect(status).toBe(ExitStatus.failure);
    expect(stdout).toContain(
      "---- app::is_ignored stdout ----\nfrom the ignored one\nnote: Process trapped or received kill signal\n",
    );
  });

  test("lists without a browser", async () => {
    const { stdout, session } = await call(["test", "app.wasm", "--list", "--format", "terse"], SCRIPTS);
    expect(stdout).toBe("app::passes: test\napp::panics: test\napp::is_ignored: test\n");
    expect(session.requests).toEqual([]);
  });

  test("is what cargo means when it runs a test binary", async () => {
    const path = join(cwd, "target", "wasm32-wasip1", "debug", "deps");
    const { mkdirSync } = await import("node:fs");
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "app-0123.wasm"), moduleWithExports(Object.keys(SCRIPTS)));
    const argv = ["run", "--browser", "firefox", join(path, "app-0123.wasm"), "passes", "--nocapture"];
    const { status, stdout } = await call(argv, SCRIPTS, { env: { CARGO_MANIFEST_DIR: cwd } });
    expect(status).toBe(ExitStatus.success);
    expect(stdout).toContain("running 1 test\n");
    expect(stdout).toContain("2 filtered out");
  });

  test("kills a test that hangs, names it, and goes on with the others", async () => {
    const hang: Script = async ({ stopped }) => {
      await stopped;
      return { reason: "failure", cause: "killed" };
    };
    const { status, stdout } = await call(["test", "app.wasm", "--timeout", "0.05", "--test-threads", "1"], {
      "#lunatic_test_app::hangs": hang,
      "#lunatic_test_app::later": () => ({}),
    });
    expect(status).toBe(ExitStatus.failure);
    expect(stdout).toContain("test app::hangs ... FAILED\ntest app::later ... ok\n");
    expect(stdout).toContain("did not end within 0.05 s and was killed");
  });

  test("runs so many at once as it may", async () => {
    const scripts = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => {
        const script: Script = async ({ print }) => {
          await print("");
          return {};
        };
        return [`#lunatic_test_app::t${index}`, script];
      }),
    );
    const { session, stdout } = await call(["test", "app.wasm", "--test-threads", "3"], scripts);
    expect(session.mostRunning).toBe(3);
    expect(stdout).toContain("9 passed");
  });
});

describe("wrong arguments", () => {
  test.for([
    [["frob"], 2, "frob is no command; there are run, test, build, init, serve, inspect, completions"],
    [["run"], 2, "an argument is missing"],
    [["run", "missing.wasm"], 1, "Module 'missing.wasm' not found"],
    [["run", "."], 1, "is a directory"],
    [["run", "--dir", "nowhere", "app.wasm"], 1, "does not exist"],
    [["run", "--env", "novalue", "app.wasm"], 2, "--env must be KEY=VALUE"],
    [["test", "text.txt"], 1, "is no WebAssembly module"],
    [["serve", "text.txt"], 1, "is no directory"],
    [["completions", "tcsh"], 2, "There are completions for bash, zsh, fish"],
    [["init"], 1, "There is no Cargo.toml"],
  ] as const)("%o end with %i and one line", async ([argv, status, text]) => {
    writeFileSync(join(cwd, "text.txt"), "text");
    const outcome = await call(argv, { _start: () => ({}) });
    expect(outcome.status).toBe(status);
    expect(outcome.stderr).toContain(text);
    expect(outcome.stderr).toMatch(/^Error: .*\n$/);
  });

  test("a browser that is missing ends with 3", async () => {
    const io = createMemoryIo(cwd);
    writeFileSync(join(cwd, "app.wasm"), moduleWithExports(["_start"]));
    const openSession = async () => {
      throw new CommandError("No chromium", ExitStatus.browser);
    };
    expect(await runCommandLine(["app.wasm"], io, { openSession })).toBe(ExitStatus.browser);
  });
});

test("every command has help and completions in every shell", async () => {
  for (const { name, options } of COMMANDS) {
    const { status, stdout } = await call([name, "--help"]);
    expect(status).toBe(0);
    for (const option of options) expect(stdout).toContain(`--${option.name}`);
  }
  for (const shell of ["bash", "zsh", "fish"]) {
    const { stdout } = await call(["completions", shell]);
    for (const { name } of COMMANDS) expect(stdout).toContain(name);
    expect(stdout).toContain("include-ignored");
  }
  expect((await call(["--version"])).stdout).toMatch(/^lunatic-web \d+\.\d+\.\d+\n$/);
  expect((await call(["--help"])).stdout).toContain("inspect");
});

test("inspect tells what a module holds and why it will not run", async () => {
  const runnable = await call(["inspect", "app.wasm", "--json"], { _start: () => ({}) });
  expect(runnable.status).toBe(0);
  expect(JSON.parse(runnable.stdout)).toMatchObject({ runs: true, exports: [{ name: "_start" }] });
  const empty = await call(["inspect", "app.wasm"], { other: () => ({}) });
  expect(empty.status).toBe(1);
  expect(empty.stdout).toContain("It will not run here: It exports neither _start nor tests");
});

test("init sets cargo up, keeps what is there and never changes it", async () => {
  writeFileSync(join(cwd, "Cargo.toml"), "");
  const config = join(cwd, ".cargo", "config.toml");
  const argv = ["init", "--target", "wasm32-wasi"];
  expect((await call(argv)).stdout).toMatch(/^Cargo project initialized!\n/);
  const written = readFileSync(config, "utf8");
  expect(written).toContain('[build]\ntarget = "wasm32-wasi"\n');
  expect(written).toContain("[target.wasm32-wasi]\nrunner = ");
  expect((await call(argv)).status).toBe(0);
  expect(readFileSync(config, "utf8")).toBe(written);
  writeFileSync(config, '[build]\ntarget = "x86_64-unknown-linux-gnu" # mine\n');
  const refused = await call(argv);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("Nothing was changed");
  expect(readFileSync(config, "utf8")).toContain("# mine");
});
