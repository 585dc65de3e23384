import {
  type CompileResult,
  type Compiler,
  CompilerRestartedError,
  CompileSupersededError,
  type Diagnostic,
} from "@lunatic-web/sdk";
import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { createProject } from "../project/project.ts";
import { createChecker } from "./checker.ts";
import { ProjectCompiler } from "./projectCompiler.ts";
import { deferred } from "./testing/deferred.ts";

/** Says of a text that it is wrong where it has the word. */
function compilerThat(
  compile: (text: string) => Promise<CompileResult>,
  declare: (text: string) => Promise<ReadonlyMap<string, string>> = async () => new Map(),
): ProjectCompiler {
  const compiler: Compiler = {
    load: async () => {},
    declarations: (files) => declare(files.get("main.ts") ?? ""),
    compile: ({ files }) => compile(files.get("main.ts") ?? ""),
    close() {},
  };
  return new ProjectCompiler(async () => compiler);
}

const about = (message: string, code = 1): Diagnostic => ({
  severity: "error",
  code,
  message,
  place: undefined,
  related: undefined,
});
const result = (...diagnostics: Diagnostic[]): CompileResult => ({
  wasm: undefined,
  sourceMap: undefined,
  diagnostics,
  duration: 1,
  crashed: false,
});
const project = (text: string) => createProject([["main.ts", text]]);

it("what the compiler says of the newest text shows, and says no more when the text is right", async () => {
  const edited = signal(project("wrong"));
  const checker = createChecker(
    compilerThat(async (text) => (text === "wrong" ? result(about("no")) : result())),
    edited,
    signal(true),
    0,
  );
  await expect.poll(() => checker.diagnostics.value.map(({ message }) => message)).toEqual(["no"]);
  expect(checker.isStale.value).toBe(false);
  edited.value = project("right");
  expect(checker.isStale.value).toBe(true);
  await expect.poll(() => checker.diagnostics.value).toEqual([]);
  checker.stop();
});

it("a result that comes late for an older text is dropped", async () => {
  const edited = signal(project("old"));
  const old = deferred<CompileResult>();
  const checker = createChecker(
    compilerThat((text) => (text === "old" ? old.promise : Promise.resolve(result(about("new"))))),
    edited,
    signal(true),
    0,
  );
  await new Promise((resolve) => setTimeout(resolve));
  edited.value = project("new");
  await expect.poll(() => checker.diagnostics.value.map(({ message }) => message)).toEqual(["new"]);
  old.resolve(result(about("old")));
  await new Promise((resolve) => setTimeout(resolve));
  expect(checker.diagnostics.value.map(({ message }) => message)).toEqual(["new"]);
  checker.stop();
});

it("a compiler that fails is told, one that was superseded is not", async () => {
  const edited = signal(project("a"));
  let error: Error = new Error("offline");
  const checker = createChecker(
    compilerThat(() => Promise.reject(error)),
    edited,
    signal(true),
    0,
  );
  await expect.poll(() => checker.failure.value?.detail).toBe("offline");
  error = new CompileSupersededError();
  edited.value = project("b");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(checker.failure.value?.detail).toBe("offline");
  checker.stop();
});

it("nothing is compiled before somebody edits", async () => {
  let compiles = 0;
  const isWanted = signal(false);
  const checker = createChecker(
    compilerThat(async () => {
      compiles++;
      return result();
    }),
    signal(project("a")),
    isWanted,
    0,
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(compiles).toBe(0);
  isWanted.value = true;
  await expect.poll(() => checker.isStale.value).toBe(false);
  expect(compiles).toBe(1);
  checker.stop();
});

it("what the compiler adds to the files follows the text, and stays while the text does not parse", async () => {
  const edited = signal(project("one"));
  const checker = createChecker(
    compilerThat(
      async (text) => (text.endsWith("?") ? result(about("Expression expected.", 1109)) : result()),
      async (text) => new Map([["main.ts", `members of ${text}`]]),
    ),
    edited,
    signal(true),
    0,
  );
  const declared = () => checker.declarations.value.get("main.ts");
  await expect.poll(declared).toBe("members of one");
  edited.value = project("two?");
  await expect.poll(() => checker.diagnostics.value.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve));
  expect(declared()).toBe("members of one");
  edited.value = project("three");
  await expect.poll(declared).toBe("members of three");
  checker.stop();
});

it("of a text that never parsed there is what can be read of it", async () => {
  const checker = createChecker(
    compilerThat(
      async () => result(about("Expression expected.", 1109)),
      async () => new Map([["main.ts", "some members"]]),
    ),
    signal(project("broken")),
    signal(true),
    0,
  );
  await expect.poll(() => checker.declarations.value.get("main.ts")).toBe("some members");
  checker.stop();
});

it("a compiler that was started anew is asked again what it adds", async () => {
  let asked = 0;
  const checker = createChecker(
    compilerThat(
      async () => result(),
      async () => {
        if (++asked === 1) throw new CompilerRestartedError();
        return new Map([["main.ts", "members"]]);
      },
    ),
    signal(project("a")),
    signal(true),
    0,
  );
  await expect.poll(() => checker.declarations.value.get("main.ts")).toBe("members");
  expect(checker.failure.value).toBeUndefined();
  checker.stop();
});
