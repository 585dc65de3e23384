import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";

/** An entry of an `index.json`; README.md says what the fields mean. */
interface Program {
  readonly name: string;
  readonly source: string;
  readonly wasm: string;
  readonly variants?: readonly string[];
  readonly expected: {
    readonly stdout: { readonly match: string; readonly lines: readonly string[] };
    readonly exit: string;
    readonly processes?: number;
    readonly processesAtLeast?: number;
  };
}

interface OwnTest {
  readonly name: string;
  readonly shouldPanic: boolean;
  readonly ignored: boolean;
}

const guests = import.meta.dirname;
const json = (path: string): unknown => JSON.parse(readFileSync(join(guests, path), "utf8"));
const compiled = (path: string) => new WebAssembly.Module(readFileSync(join(guests, path)));
const filesIn = (folder: string, extension: string) =>
  readdirSync(join(guests, folder)).filter((file) => file.endsWith(extension));

describe.each([
  { folder: "rust", sources: ["rust/src/bin", "rust/load"], extension: ".rs" },
  { folder: "wat", sources: ["wat"], extension: ".wat" },
])("the index of guests/$folder", ({ folder, sources, extension }) => {
  const programs = json(`${folder}/prebuilt/index.json`) as Program[];

  it("lists every source once", () => {
    const names = sources
      .flatMap((source) => filesIn(source, extension))
      .map((file) => basename(file, extension));
    expect(programs.map((program) => program.name).sort()).toEqual(names.sort());
  });

  it("lists every prebuilt module", () => {
    const listed = programs.map((program) => basename(program.wasm)).sort();
    expect(listed).toEqual(filesIn(`${folder}/prebuilt`, ".wasm").sort());
  });

  describe.each(programs)("$name", (program) => {
    const { expected } = program;

    it("has its source where the index says", () => {
      expect(existsSync(join(guests, folder, program.source))).toBe(true);
    });

    it("is a module with a memory and an entry, and keeps its function names", () => {
      const module = compiled(join(folder, program.wasm));
      const exported = WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`);
      expect(exported).toEqual(expect.arrayContaining(["memory memory", "function _start"]));
      expect(WebAssembly.Module.customSections(module, "name")).toHaveLength(1);
    });

    it("says how it ends, what it prints and how many processes it starts", () => {
      expect(["returned", "trapped", "never"]).toContain(expected.exit);
      expect(["exact", "contains"]).toContain(expected.stdout.match);
      expect(expected.stdout.lines.length).toBeGreaterThan(0);
      expect(expected.processes ?? expected.processesAtLeast).toBeGreaterThan(0);
    });
  });
});

describe("the index of guests/as", () => {
  const programs = json("as/index.json") as Program[];

  it("lists programs by different names, each with its source", () => {
    expect(new Set(programs.map(({ name }) => name)).size).toBe(programs.length);
    for (const { source } of programs) expect(existsSync(join(guests, "as", source)), source).toBe(true);
  });

  it.each(programs)("says what $name prints", ({ expected }) => {
    expect(expected.stdout.match).toBe("exact");
    expect(expected.stdout.lines.length).toBeGreaterThan(0);
  });
});

describe("the programs that are shown", () => {
  it("each have tests of their behaviour", () => {
    const shown = filesIn("rust/src/bin", ".rs").filter((file) => file !== "hello.rs");
    expect(filesIn("rust/tests/guests", ".rs").sort()).toEqual(shown.sort());
  });
});

describe("the variants", () => {
  it("are each listed with their program", () => {
    const programs = json("rust/prebuilt/index.json") as Program[];
    const listed = programs.flatMap(({ variants }) => variants ?? []).map((path) => basename(path));
    expect(listed.sort()).toEqual(filesIn("rust/prebuilt/variants", ".wasm").sort());
  });
});

describe("the lists of our own lunatic tests", () => {
  const suites = filesIn("rust/prebuilt/tests", ".wasm").map((file) => basename(file, ".wasm"));

  it("are there for every suite that has a source", () => {
    expect(suites.sort()).toEqual(
      filesIn("rust/tests", ".rs")
        .map((file) => basename(file, ".rs"))
        .sort(),
    );
  });

  it.each(suites)("name the test functions of %s, in order, with their attributes", (suite) => {
    const attributes = (exported: string): OwnTest => {
      const [, ignored, panic, name] = /^#lunatic_test_(#ignore_)?(#panic_.*#)?(.*)$/.exec(exported) ?? [];
      return { name: name ?? exported, shouldPanic: panic !== undefined, ignored: ignored !== undefined };
    };
    const exported = WebAssembly.Module.exports(compiled(`rust/prebuilt/tests/${suite}.wasm`))
      .map(({ name }) => name)
      .filter((name) => name.startsWith("#lunatic_test_"));
    const listed = json(`rust/prebuilt/tests/${suite}.json`) as OwnTest[];
    expect(listed.map(({ name, shouldPanic, ignored }) => ({ name, shouldPanic, ignored }))).toEqual(
      exported.map(attributes),
    );
  });
});

describe("prebuilt modules", () => {
  const folders = ["rust/prebuilt", "rust/prebuilt/tests", "rust/prebuilt/variants", "wat/prebuilt"];
  const modules = folders.flatMap((folder) => filesIn(folder, ".wasm").map((file) => join(folder, file)));

  it.each(modules)("%s holds no path of the machine that built it", (path) => {
    const text = readFileSync(join(guests, path), "latin1");
    expect(text.match(/\/(?:home|root|work|tmp|Users)\/[\w./-]+/g)).toBeNull();
  });

  it.each(modules)("%s carries no DWARF", (path) => {
    expect(WebAssembly.Module.customSections(compiled(path), ".debug_info")).toHaveLength(0);
  });
});
