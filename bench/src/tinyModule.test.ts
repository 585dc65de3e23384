import { expect, test } from "vitest";
import { tinyModule } from "./tinyModule.ts";

test("a tiny module compiles, and exports its function under every name", () => {
  const names = Array.from({ length: 120 }, (_, index) => `#lunatic_test_bench::number_${index}`);
  const module = new WebAssembly.Module(tinyModule(names).slice());
  const exported = WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`);
  expect(exported).toEqual(["memory memory", ...names.map((name) => `function ${name}`)]);
});
