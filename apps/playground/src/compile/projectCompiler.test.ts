import {
  type CompileRequest,
  type CompileResult,
  type Compiler,
  CompileSupersededError,
} from "@lunatic-web/sdk";
import { expect, it } from "vitest";
import { createProject } from "../project/project.ts";
import { BuildError } from "./buildError.ts";
import { ProjectCompiler } from "./projectCompiler.ts";
import { type Deferred, deferred } from "./testing/deferred.ts";

/** A compiler whose results come when the test says so; the newest request wins, as with the real one. */
function scriptedCompiler() {
  const requests: CompileRequest[] = [];
  let loads = 0;
  let pending: Deferred<CompileResult> | undefined;
  const compiler: Compiler = {
    load: async () => {},
    declarations: async () => new Map(),
    compile(request) {
      requests.push(request);
      pending?.reject(new CompileSupersededError());
      pending = deferred();
      return pending.promise;
    },
    close() {},
  };
  return {
    requests,
    get loads() {
      return loads;
    },
    load: async () => {
      loads++;
      return compiler;
    },
    async finish(result: Partial<CompileResult> = {}) {
      await expect.poll(() => pending).toBeDefined();
      pending?.resolve({
        wasm: undefined,
        sourceMap: undefined,
        diagnostics: [],
        duration: 1,
        crashed: false,
        ...result,
      });
      pending = undefined;
    },
  };
}

const project = (text: string) =>
  createProject([
    ["main.ts", text],
    ["notes.md", ""],
  ]);

it("the compiler is loaded at the first compile, and gets the sources alone", async () => {
  const script = scriptedCompiler();
  const compiler = new ProjectCompiler(script.load);
  expect(script.loads).toBe(0);
  const built = compiler.build(project("a"));
  await script.finish();
  await built;
  expect(script.requests).toEqual([{ files: new Map([["main.ts", "a"]]), entry: "main.ts" }]);
});

it("what was checked is not compiled again for the run", async () => {
  const script = scriptedCompiler();
  const compiler = new ProjectCompiler(script.load);
  const same = project("a");
  const checked = compiler.check(same);
  await script.finish({ duration: 7 });
  expect((await compiler.build(same)).duration).toBe(7);
  await checked;
  expect(script.requests).toHaveLength(1);
});

it("a check of what is typed during the compile for a run does not take the run's place", async () => {
  const script = scriptedCompiler();
  const compiler = new ProjectCompiler(script.load);
  const built = compiler.build(project("run"));
  const checked = compiler.check(project("typed"));
  await script.finish({ duration: 1 });
  expect((await built).duration).toBe(1);
  await expect.poll(() => script.requests.length).toBe(2);
  await script.finish({ duration: 2 });
  expect((await checked).duration).toBe(2);
});

it("a run takes the place of a check", async () => {
  const script = scriptedCompiler();
  const compiler = new ProjectCompiler(script.load);
  const checked = compiler.check(project("typed"));
  await expect.poll(() => script.requests.length).toBe(1);
  const built = compiler.build(project("run"));
  await expect(checked).rejects.toThrow(CompileSupersededError);
  await script.finish({ duration: 3 });
  expect((await built).duration).toBe(3);
});

it("after a crash, or when the compiler could not be loaded, the same project is tried again", async () => {
  const script = scriptedCompiler();
  let fails = true;
  const compiler = new ProjectCompiler(() => {
    if (fails) return Promise.reject(new Error("offline"));
    return script.load();
  });
  const same = project("a");
  await expect(compiler.build(same)).rejects.toThrow("offline");
  fails = false;
  const crashed = compiler.build(same);
  await script.finish({ crashed: true });
  await crashed;
  const again = compiler.build(same);
  await script.finish();
  await again;
  expect(script.requests).toHaveLength(2);
});

it("an error tells the first of the program's errors and how many more there are", () => {
  const diagnostic = { code: 1, place: undefined, related: undefined } as const;
  const error = new BuildError([
    { ...diagnostic, severity: "warning", message: "careful" },
    { ...diagnostic, severity: "error", message: "first" },
    { ...diagnostic, severity: "error", message: "second" },
  ]);
  expect(error.message).toContain("first (and 1 more");
});
