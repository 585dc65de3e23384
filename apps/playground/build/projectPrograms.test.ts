import { join } from "node:path";
import { formatDiagnostic } from "@lunatic-web/sdk";
import { compile } from "@lunatic-web/sdk/compile";
import { expect, it } from "vitest";
import { readExamples } from "./projectPrograms.ts";

const own = readExamples(join(import.meta.dirname, "../examples"));
const guests = readExamples(join(import.meta.dirname, "../../../guests/as"));

it("every example has a name and a title of its own", () => {
  for (const key of ["name", "title"] as const) {
    const values = [...guests, ...own].map((example) => example[key]);
    expect(new Set(values).size).toBe(values.length);
  }
});

it.each(own.map((example) => [example.name, example.project] as const))(
  "the example %s compiles as it is",
  (_, { files, entry }) => {
    const { diagnostics, wasm } = compile({ files: new Map(files), entry });
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
    expect(wasm).toBeDefined();
  },
);
