import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommandLine } from "../commandLine.ts";
import { createMemoryIo, type MemoryIo } from "../testing/memoryIo.ts";
import { ScriptedSession } from "../testing/scriptedSession.ts";
import { findSourceMap, sourceMappingUrl } from "./moduleSourceMap.ts";

const HELLO = 'import { print } from "lunatic";\nexport function main(): void {\n  print("hello");\n}\n';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "lunatic-web-sdk-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

async function call(argv: readonly string[], io: MemoryIo = createMemoryIo(cwd)) {
  const session = new ScriptedSession({ _start: () => ({}) });
  const status = await runCommandLine(argv, io, { openSession: async () => session });
  return { status, ...io.written, session };
}

describe("build", () => {
  test("compiles src/main.ts to build/main.wasm, without a source map", async () => {
    write("src/main.ts", HELLO);
    const { status, stderr } = await call(["build"]);

    expect(status).toBe(0);
    expect(stderr).toMatch(/^build\/main\.wasm: [\d,]+ bytes, in [\d.]+ s\n$/);
    expect(WebAssembly.validate(readFileSync(join(cwd, "build/main.wasm")))).toBe(true);
    expect(existsSync(join(cwd, "build/main.wasm.map"))).toBe(false);
  });

  test("--debug writes a source map that the module names", async () => {
    write("app.ts", HELLO);
    expect((await call(["build", "app.ts", "--debug", "-O1", "-o", "out/app.wasm"])).status).toBe(0);

    const bytes = readFileSync(join(cwd, "out/app.wasm"));
    expect(sourceMappingUrl(bytes)).toBe("app.wasm.map");
    const map = await findSourceMap(join(cwd, "out/app.wasm"), bytes);
    expect(map?.text("app.ts")).toBe(HELLO);
  });

  test("tells errors with their place, writes nothing and ends with 1", async () => {
    write("src/main.ts", "export function main(): void {\n  wrong();\n}\n");
    const { status, stderr } = await call(["build"]);

    expect(status).toBe(1);
    expect(stderr).toContain("src/main.ts:2:3 - error AS2304: Cannot find name 'wrong'.\n");
    expect(stderr).toContain("Error: src/main.ts has 1 error; nothing was written\n");
    expect(existsSync(join(cwd, "build"))).toBe(false);
  });

  test.each([
    [["build"], "Program 'src/main.ts' not found"],
    [["build", "app.wasm"], "app.wasm is no program to compile"],
    [["build", "-O7"], '-O may be 0 or 1 or 2 or 3, not "7"'],
  ])("%j says what is wrong", async (argv, text) => {
    const { status, stderr } = await call(argv);

    expect(status).not.toBe(0);
    expect(stderr).toContain(text);
  });

  test("--watch compiles again when a file that it read has changed, until it is interrupted", async () => {
    write(
      "src/main.ts",
      'import { text } from "./text";\nimport { print } from "lunatic";\nexport function main(): void { print(text); }\n',
    );
    const io = createMemoryIo(cwd);
    const watching = call(["build", "--watch"], io);
    const waits = () => io.written.stderr.split("Waiting for changes").length - 1;

    await expect.poll(waits, { timeout: 60_000 }).toBe(1);
    expect(io.written.stderr).toContain("File 'src/text.ts' not found");
    write("src/text.ts", 'export const text = "hello";\n');
    await expect.poll(waits, { timeout: 60_000 }).toBe(2);
    expect(existsSync(join(cwd, "build/main.wasm"))).toBe(true);

    io.abort(130);
    expect((await watching).status).toBe(130);
  }, 150_000);
});

describe("run", () => {
  test("compiles a program first", async () => {
    write("main.ts", HELLO);
    const { status, stderr, session } = await call(["run", "main.ts", "-O2", "one"]);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(session.requests[0]).toMatchObject({ entry: "_start", args: ["one"] });
  });

  test("does not run what does not compile", async () => {
    write("main.ts", "export function main(): void { wrong(); }\n");
    const { status, stderr, session } = await call(["run", "main.ts"]);

    expect(status).toBe(1);
    expect(stderr).toContain("main.ts:1:32 - error AS2304");
    expect(session.requests).toEqual([]);
  });
});

describe("init --sdk", () => {
  test("lays out a project that builds and has tests", async () => {
    const { status, stdout } = await call(["init", "--sdk", "my app"]);
    expect(status).toBe(0);
    expect(stdout).toContain('Next: cd "my app" && npm install && npm start\n');
    expect(JSON.parse(readFileSync(join(cwd, "my app/package.json"), "utf8"))).toMatchObject({
      name: "my-app",
    });

    const io = createMemoryIo(join(cwd, "my app"));
    expect((await call(["build"], io)).stderr).toMatch(/^build\/main\.wasm: /);
    const listed = await call(
      ["test", "src/greeting.test.ts", "--list"],
      createMemoryIo(join(cwd, "my app")),
    );
    expect(listed.stdout).toContain("greetsByName: test\n");
  });

  test("changes no file that is there", async () => {
    write("src/main.ts", "// mine\n");
    const { stdout } = await call(["init", "--sdk"]);

    expect(readFileSync(join(cwd, "src/main.ts"), "utf8")).toBe("// mine\n");
    expect(stdout).toContain("  kept  src/main.ts\n");
    expect(stdout).toContain("  wrote package.json\n");
  });

  test("says so when the directory is a file", async () => {
    write("taken", "");
    const { status, stderr } = await call(["init", "--sdk", "taken"]);

    expect(status).toBe(1);
    expect(stderr).toContain("Error: taken is a file; name a directory for the project\n");
  });

  test("a directory without --sdk is a usage error", async () => {
    expect((await call(["init", "somewhere"])).stderr).toContain("only init --sdk takes a directory");
  });
});

describe("the source map of a module", () => {
  const named = (url: string) =>
    Buffer.from(`\0asm…\u0010sourceMappingURL${String.fromCharCode(url.length)}${url}`);

  test("is looked for beside it when the module names none", async () => {
    write(
      "app.wasm.map",
      '{"version":3,"sources":["a.ts"],"sourcesContent":["text"],"names":[],"mappings":"AAAA"}',
    );

    expect((await findSourceMap(join(cwd, "app.wasm"), Buffer.from("\0asm")))?.text("a.ts")).toBe("text");
    expect(await findSourceMap(join(cwd, "other.wasm"), Buffer.from("\0asm"))).toBeUndefined();
  });

  test("is not fetched from the web, and a broken one is none", async () => {
    write("broken.map", "<html>");

    expect(sourceMappingUrl(named("https://host/a.map"))).toBeUndefined();
    expect(sourceMappingUrl(named("broken.map"))).toBe("broken.map");
    expect(await findSourceMap(join(cwd, "app.wasm"), named("broken.map"))).toBeUndefined();
  });
});
