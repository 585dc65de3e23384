#!/usr/bin/env node
/**
 * Compiles a program with the compiler of this clone: `node packages/sdk/scripts/build.mjs main.ts out.wasm [-O2]`.
 * The files beside the entry, and in folders below, are its project. The source map goes to `out.wasm.map`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { runnerImport } from "vite";

const [entry, output, level = "-O0"] = process.argv.slice(2);
if (entry === undefined || output === undefined || !/^-O[0-3]$/.test(level)) {
  console.error("usage: build.mjs main.ts out.wasm [-O0|-O1|-O2|-O3]");
  process.exit(2);
}

/** @type {typeof import("../compiler/compile.ts")} */
const { compile } = await load("compile.ts");
/** @type {typeof import("../compiler/diagnostic.ts")} */
const { formatDiagnostic } = await load("diagnostic.ts");
const root = dirname(resolve(entry));
const { wasm, sourceMap, diagnostics } = compile({
  files: new Map(listSources(root).map((path) => [relative(root, path), readFileSync(path, "utf8")])),
  entry: basename(entry),
  sourceMapUrl: `${basename(output)}.map`,
  optimize: /** @type {0 | 1 | 2 | 3} */ (Number(level.slice(2))),
});
for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic));
if (wasm === undefined) process.exit(1);
writeFileSync(output, wasm);
writeFileSync(`${output}.map`, sourceMap ?? "");

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listSources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : listSources(path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

/**
 * @param {string} file of the compiler's sources
 * @returns {Promise<any>}
 */
async function load(file) {
  const options = /** @type {const} */ ({ configFile: false, logLevel: "error" });
  return (await runnerImport(join(import.meta.dirname, "../compiler", file), options)).module;
}
