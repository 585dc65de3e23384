import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { formatDiagnostic } from "@lunatic-web/sdk";
import { compile } from "@lunatic-web/sdk/compile";
import createWabt from "wabt";
import type { Repository } from "./question.ts";

/**
 * The compilers are imported above and not where they are used: what runs the benches has closed its loader by then.
 * @param root the repository's directory
 */
export function openRepository(root: string): Repository {
  const readText = (path: string): Promise<string> => readFile(join(root, path), "utf8");
  return {
    readText,
    async list(folder) {
      const paths = (await readdir(join(root, folder))).map((name) => `${folder}/${name}`);
      return Promise.all(
        paths.map(async (path) => ({ path, sizeBytes: (await stat(join(root, path))).size })),
      );
    },
    async compile(path) {
      const files = new Map([["main.ts", await readText(path)]]);
      const { wasm, diagnostics } = compile({ files, entry: "main.ts", optimize: 2, debug: false });
      if (wasm === undefined) throw new Error(`${path}: ${diagnostics.map(formatDiagnostic).join("\n")}`);
      return Buffer.from(wasm).toString("base64");
    },
    async assemble(wat) {
      const parsed = (await createWabt()).parseWat("guest.wat", wat);
      try {
        return Buffer.from(parsed.toBinary({ write_debug_names: true }).buffer).toString("base64");
      } finally {
        parsed.destroy();
      }
    },
  };
}
