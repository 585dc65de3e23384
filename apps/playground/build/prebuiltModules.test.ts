import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "@lunatic-web/sdk/compile";
import { afterEach, describe, expect, it } from "vitest";
import { ModuleBuilder } from "./prebuiltModules.ts";

const SDK = join(import.meta.dirname, "../../../packages/sdk");
const project = {
  entry: "main.ts",
  files: [
    ["main.ts", 'import { print } from "lunatic";\nexport function main(): void {\n  print("hello");\n}\n'],
    ["notes.txt", "not for the compiler"],
  ],
} as const;

const folders: string[] = [];
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lunatic-modules-"));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe("the modules of examples", () => {
  it("are byte for byte what the compiler in the page makes, with their source map", async () => {
    const { wasm, sourceMap } = await new ModuleBuilder(SDK, emptyFolder()).build("hello", project);
    const expected = compile({ files: new Map(project.files.slice(0, 1)), entry: "main.ts" });
    expect(Buffer.compare(wasm, expected.wasm!)).toBe(0);
    expect(sourceMap).toBe(expected.sourceMap);
  }, 60_000);

  it("are compiled once per content", async () => {
    const cache = emptyFolder();
    const first = await new ModuleBuilder(SDK, cache).build("hello", project);
    // No compiler is there: what it made is.
    const again = new ModuleBuilder(SDK, cache);
    expect(await again.build("hello", project)).toEqual(first);
    expect(readdirSync(cache).length).toBe(2);
    const edited = { ...project, files: [["main.ts", "export function main(): void {}\n"]] as const };
    expect(again.keyOf(edited)).not.toBe(again.keyOf(project));
  }, 60_000);

  it("are refused with the compiler's words where the example has a mistake", async () => {
    const broken = {
      entry: "main.ts",
      files: [["main.ts", "export function main(): void { nothing(); }"]],
    } as const;
    await expect(new ModuleBuilder(SDK, emptyFolder()).build("broken", broken)).rejects.toThrow(
      /example broken does not compile: .*nothing/,
    );
  }, 60_000);
});
