import type { CompileResult } from "@lunatic-web/sdk";
import { expect, it } from "vitest";
import type { Program } from "../programs/catalog.ts";
import { createLibrary } from "../project/library.ts";
import { createProject } from "../project/project.ts";
import { createProgramBuilder } from "./programBuilder.ts";
import { ProjectCompiler } from "./projectCompiler.ts";

const base = createProject([["main.ts", "main"]]);
const example: Program = {
  name: "hello",
  group: "project",
  title: "Hello",
  description: "",
  args: [],
  env: {},
  loadSource: undefined,
  fetchModule: undefined,
  loadProject: async () => base,
};
const wasm = new Uint8Array([0]);

function setUp(result: Partial<CompileResult> = { wasm }) {
  const compiled: string[] = [];
  const library = createLibrary({
    load: async () => undefined,
    listOwn: async () => [],
    save: async () => {},
    remove: async () => {},
  });
  const compiler = new ProjectCompiler(async () => ({
    load: async () => {},
    declarations: async () => new Map(),
    compile: async ({ files }) => {
      compiled.push(files.get("main.ts") ?? "");
      return { wasm: undefined, sourceMap: "map", diagnostics: [], duration: 1, crashed: false, ...result };
    },
    close() {},
  }));
  return { compiled, library, build: createProgramBuilder(library, compiler) };
}

const { signal } = new AbortController();

it("a project is built of its files as they are now", async () => {
  const { compiled, library, build } = setUp();
  expect(await build(example, signal)).toEqual({ bytes: wasm, sourceMap: "map" });
  const workspace = await library.workspaceOf({ ...example, own: undefined, loadProject: async () => base });
  workspace.write("main.ts", "edited");
  await build(example, signal);
  expect(compiled).toEqual(["main", "edited"]);
});

it("an example with a module of its own is not compiled before it is edited", async () => {
  const { compiled, library, build } = setUp();
  const prebuilt = { ...example, fetchModule: () => Promise.resolve(new Response()) };
  expect(await build(prebuilt, signal)).toBeUndefined();
  const workspace = await library.workspaceOf({ ...example, own: undefined, loadProject: async () => base });
  workspace.write("main.ts", "edited");
  await build(prebuilt, signal);
  expect(compiled).toEqual(["edited"]);
});

it("a project with errors is no module, and the error tells the first", async () => {
  const range = { start: { line: 2, column: 3 }, end: { line: 2, column: 4 } };
  const { build } = setUp({
    diagnostics: [
      { severity: "error", code: 7, message: "no", place: { file: "main.ts", range }, related: undefined },
    ],
  });
  await expect(build(example, signal)).rejects.toThrow("main.ts:2:3: no");
});
