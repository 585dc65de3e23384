import { describe, expect, test } from "vitest";
import { compile } from "../compiler/compile.ts";
import { describeFrame, locateFrames, readSourceMap, type StackFrame } from "./index.ts";

const PROGRAM = `import { Counter } from "./counting/counter";

function climb(levels: i32, counter: Counter): void {
  if (levels == 0) counter.fail("at the top");
  else climb(levels - 1, counter);
}

export function main(): void {
  climb(2, new Counter());
}
`;
const COUNTER = `export class Counter {
  private count: i32 = 0;
  fail(why: string): void {
    this.count++;
    assert(this.count > 1, why);
  }
}
`;

const FILES = new Map([
  ["src/main.ts", PROGRAM],
  ["src/counting/counter.ts", COUNTER],
]);

/** Runs a module here until it traps. */
function trapFrames(wasm: Uint8Array<ArrayBuffer>): StackFrame[] {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
    wasi_snapshot_preview1: { fd_write: () => 8 },
  });
  try {
    (exports._start as () => void)();
  } catch (error) {
    const frames = (error as Error).stack?.matchAll(
      /at (\S+) \(wasm:\S*:wasm-function\[\d+\]:0x([0-9a-f]+)\)/g,
    );
    return [...(frames ?? [])].map(([, name, offset]) => ({
      name: name!,
      offset: Number.parseInt(offset!, 16),
    }));
  }
  throw new Error("the program did not trap");
}

describe("a trap of a program", () => {
  test("is told in the author's functions, files, lines and columns", () => {
    const { wasm, sourceMap } = compile({ files: FILES, entry: "src/main.ts" });
    const frames = locateFrames(trapFrames(wasm!), readSourceMap(sourceMap!));

    expect(frames.map(describeFrame)).toEqual([
      "Counter#fail (src/counting/counter.ts:5:5)",
      "climb (src/main.ts:4:20)",
      "climb (src/main.ts:5:8)",
      "climb (src/main.ts:5:8)",
      "main (src/main.ts:9:3)",
    ]);
  });

  test("that was optimized still leads to the line, also of what was inlined", () => {
    const { wasm, sourceMap } = compile({ files: FILES, entry: "src/main.ts", optimize: 2 });
    const [innermost] = locateFrames(trapFrames(wasm!), readSourceMap(sourceMap!));

    expect(innermost?.place).toEqual({ file: "src/counting/counter.ts", line: 5, column: 5 });
  });

  test("leads to the text of the file", () => {
    const map = readSourceMap(compile({ files: FILES, entry: "src/main.ts" }).sourceMap!);

    expect(map.text("src/counting/counter.ts")).toBe(COUNTER);
    expect(map.text("~lib/lunatic/abort.ts")).toBeUndefined();
  });

  test.each([
    ["a null that was promised not to be", "let text: string | null = null; print(text!);", 41],
    ["a throw", 'throw new Error("no");', 3],
    ["an index out of range", "const list: i32[] = []; list[7];", 27],
    ["a division by zero", "let zero = 0; print((1 / zero).toString());", 24],
  ])("by %s has a line and a column", (_, statement, column) => {
    const text = `import { print } from "lunatic";\nexport function main(): void {\n  ${statement}\n  print("");\n}\n`;
    const { wasm, sourceMap } = compile({ files: new Map([["main.ts", text]]), entry: "main.ts" });
    const places = locateFrames(trapFrames(wasm!), readSourceMap(sourceMap!)).map(({ place }) => place);

    expect(places).toContainEqual({ file: "main.ts", line: 3, column });
  });
});

test("the framework's machinery is shown where there is nothing else", () => {
  expect(locateFrames([{ name: "~lib/lunatic/start/_start", offset: undefined }], undefined)).toEqual([
    { name: "_start", place: undefined },
  ]);
});

test("an offset that no source is known for has no place", () => {
  const { sourceMap } = compile({ files: FILES, entry: "src/main.ts" });

  expect(readSourceMap(sourceMap!).locate(1)).toBeUndefined();
});

test.each([
  ["main/main", "main"],
  ["src/worker/Job#run", "Job#run"],
  ["main/Stack<~lib/string/String>#push", "Stack<String>#push"],
  ["~lib/map/Map<~lib/string/String,src/a-b/Item>#get", "Map<String,Item>#get"],
  ["main/main~anonymous|0", "main(anonymous)"],
  ["app::inner::{{closure}}", "app::inner::{{closure}}"],
])("%s reads as %s", (name, readable) => {
  expect(locateFrames([{ name, offset: undefined }], undefined)[0]?.name).toBe(readable);
});

test.each(["", "{}", '{"version": 2}', "<html>"])("%j is no source map, and that is said", (text) => {
  expect(() => readSourceMap(text)).toThrow("This is no source map of version 3");
});
