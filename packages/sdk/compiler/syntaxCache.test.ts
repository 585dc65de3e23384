import { createHash } from "node:crypto";
import * as asc from "assemblyscript";
import { expect, test } from "vitest";
import { compile } from "./compile.ts";
import { SyntaxCache } from "./syntaxCache.ts";
import { breakProgram, createRandom } from "./testing/breakProgram.ts";
import { SAMPLE_PROGRAM } from "./testing/sampleProgram.ts";

function fingerprint(text: string): string {
  const { wasm, sourceMap } = compile({ files: new Map([["main.ts", text]]), entry: "main.ts" });
  return createHash("sha256")
    .update(wasm ?? "none")
    .update(sourceMap ?? "none")
    .digest("hex");
}

test("a program compiles to the same module whatever was compiled before it", () => {
  const hello = 'import { print } from "lunatic";\nexport function main(): void { print("hello"); }\n';
  const first = fingerprint(SAMPLE_PROGRAM);
  const firstHello = fingerprint(hello);
  for (let seed = 1; seed <= 20; seed++) fingerprint(breakProgram(SAMPLE_PROGRAM, createRandom(seed)));

  expect(fingerprint(SAMPLE_PROGRAM)).toBe(first);
  expect(fingerprint(hello)).toBe(firstHello);
});

test("a file from the cache brings what it imports, as when it was parsed", () => {
  const cache = new SyntaxCache();
  const file = { path: "~lib/lunatic/a.ts", text: 'import { b } from "./b";\nexport { c } from "./c";\n' };
  const backlogs = [1, 2].map(() => {
    const program = asc.newProgram(asc.newOptions());
    cache.addTo(program, file, false);
    cache.addTo(program, file, false);
    const backlog = [asc.nextFile(program), asc.nextFile(program), asc.nextFile(program)];
    const sources = program.sources.length;
    program.module.dispose();
    return { backlog, sources };
  });

  const expected = { backlog: ["~lib/lunatic/b", "~lib/lunatic/c", null], sources: 1 };
  expect(backlogs).toEqual([expected, expected]);
});

test("a library file that does not parse tells so each time", () => {
  const cache = new SyntaxCache();
  const file = { path: "~lib/lunatic/bad.ts", text: "class {" };
  for (const _ of [1, 2]) {
    const program = asc.newProgram(asc.newOptions());
    cache.addTo(program, file, false);
    expect(asc.nextDiagnostic(program)?.range?.source.normalizedPath).toBe(file.path);
    program.module.dispose();
  }
});
