import { expect, test } from "vitest";
import { checkImports } from "./importRules.mjs";
import { readSourceFile } from "./sourceFile.mjs";

const src = "packages/runtime-web/src";

test("a folder may import a folder that its row names", () => {
  expect(problems(`${src}/kernel/process.ts`, `import { EventKind } from "../inspect/events.ts";`)).toEqual(
    [],
  );
});

test("an import against the direction is found, with its line and what to do", () => {
  const text = `const a = 1;\nimport { Process } from "../kernel/process.ts";`;
  expect(check(`${src}/instrument/instrument.ts`, text)).toEqual([
    {
      path: `${src}/instrument/instrument.ts`,
      line: 2,
      problem: `instrument imports kernel (${src}/kernel/process.ts)`,
      remedy: "instrument may use no other folder: move the code, or pass it in through an interface",
    },
  ]);
});

test.each([
  [`export { Process } from "../kernel/process.ts";`],
  [`export * from "../kernel/process.ts";`],
  [`const late = await import("../kernel/process.ts");`],
  [`import "../kernel/process.ts";`],
  [`import type { Process } from "../kernel/process.ts";`],
  [`type Process = import("../kernel/process.ts").Process;`],
  [`const url = new URL("../kernel/process.ts", import.meta.url);`],
  [`import url from "../kernel/process.ts?worker&url";`],
])("no way of naming a file gets around the table: %s", (text) => {
  expect(problems(`${src}/instrument/layout.ts`, text)).toHaveLength(1);
});

test("what a comment or a string says is not an import", () => {
  const text = `// import "../kernel/process.ts"\nconst s = 'import "../kernel/process.ts"';`;
  expect(problems(`${src}/instrument/layout.ts`, text)).toEqual([]);
});

test("a folder that may use types of another may not use its values", () => {
  const path = `${src}/page/createRuntime.ts`;
  expect(problems(path, `import type { Hub } from "../hub/hub.ts";`)).toEqual([]);
  expect(problems(path, `import { type Hub } from "../hub/hub.ts";`)).toHaveLength(1);
  expect(problems(path, `import { startHub } from "../hub/hub.ts";`)).toHaveLength(1);
});

test("only a row that names a folder's workers may start them, and it may not import them", () => {
  const start = `new Worker(new URL("../hub/hub.worker.ts", import.meta.url), { type: "module" });`;
  expect(problems(`${src}/page/createRuntime.ts`, start)).toEqual([]);
  expect(problems(`${src}/executor/executor.ts`, start)).toHaveLength(1);
  expect(
    problems(`${src}/page/createRuntime.ts`, `import { hub } from "../hub/hub.worker.ts";`),
  ).toHaveLength(1);
});

test("a folder without a row is found as soon as it uses another", () => {
  expect(problems(`${src}/net/socket.ts`, `import { Process } from "../kernel/process.ts";`)).toEqual([
    "net has no row in the layer table",
  ]);
});

test("a test may import any folder of its package, what ships may not import a test", () => {
  const text = `import { sampleProcess } from "../kernel/testing/sampleProcess.ts";`;
  expect(problems(`${src}/instrument/instrument.test.ts`, text)).toEqual([]);
  expect(problems(`${src}/scheduler/runQueue.ts`, text)).toHaveLength(1);
});

test("an app reaches a package by its name only", () => {
  const path = "apps/playground/src/run/run.ts";
  expect(problems(path, `import { createRuntime } from "@lunatic-web/runtime";`)).toEqual([]);
  expect(
    problems(path, `import { createRuntime } from "../../../../packages/runtime-web/src/index.ts";`),
  ).toEqual([
    "reaches from apps/playground into packages/runtime-web by a relative path (packages/runtime-web/src/index.ts)",
  ]);
});

test("a test of an app is bound to package names as well", () => {
  const text = `import { Process } from "../../../packages/runtime-web/src/kernel/process.ts";`;
  expect(problems("apps/playground/src/run.test.ts", text)).toHaveLength(1);
});

test("guests are data that everyone may read by path", () => {
  const text = `import programs from "../../../guests/rust/prebuilt/index.json";`;
  expect(problems("apps/playground/src/programs.ts", text)).toEqual([]);
});

test.each([
  ["postMessage(1);"],
  ["worker.postMessage(1);"],
  ["port?.postMessage(1);"],
  [`port["postMessage"](1);`],
])("outside protocol/ nothing that ships posts: %s", (text) => {
  expect(problems(`${src}/executor/executor.ts`, text)).toEqual(["calls postMessage"]);
  expect(problems("apps/playground/src/main.tsx", text)).toEqual(["calls postMessage"]);
  expect(problems(`${src}/protocol/hubPort.ts`, text)).toEqual([]);
  expect(problems(`${src}/executor/executor.test.ts`, text)).toEqual([]);
});

function check(path: string, text: string) {
  return checkImports(readSourceFile(path, text));
}

function problems(path: string, text: string) {
  return check(path, text).map((finding) => finding.problem);
}
