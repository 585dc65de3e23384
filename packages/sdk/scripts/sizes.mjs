#!/usr/bin/env node
/**
 * Prints what visitors download for the compiler, and how big programs get: `npm run sizes -w @lunatic-web/sdk`.
 * The compiler's worker is bundled with AssemblyScript and binaryen, as the bundler of whoever embeds it does it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, defaultClientConditions, runnerImport } from "vite";

const root = join(import.meta.dirname, "..");
const examples = join(root, "../../guests/as/examples");

/** A first program; what the example hello adds is a process, a message and the collector that they need. */
const PRINTS_ONLY = 'import { print } from "lunatic"; export function main(): void { print("hello"); }';
/** Below how many bytes programs are to stay. */
const LIMITS = { printsOnly: 4_000, supervisor: 40_000 };

const chunks = await bundleWorker();
const sum = (/** @type {(code: Buffer) => number} */ size) =>
  chunks.reduce((total, code) => total + size(code), 0);
console.log("the compiler's worker, minified, with all that it loads:");
console.log(`  raw     ${megabytes(sum((code) => code.length))}`);
console.log(`  gzip    ${megabytes(sum((code) => gzipSync(code, { level: 9 }).length))}`);
console.log(`  brotli  ${megabytes(sum((code) => brotliCompressSync(code).length))}`);

console.log("modules at -O2 without names:");
/** @type {typeof import("../compiler/compile.ts")} */
const { compile } = (
  await runnerImport(join(root, "compiler/compile.ts"), { configFile: false, logLevel: "error" })
).module;
printSize("one line printed", PRINTS_ONLY, LIMITS.printsOnly);
printSize("example hello", readExample("hello"));
printSize("example counter", readExample("counter"));
printSize("example supervisor", readExample("supervisor"), LIMITS.supervisor);

/**
 * @param {string} title
 * @param {string} text of a program in one file
 * @param {number} [limit]
 */
function printSize(title, text, limit) {
  const size = moduleSize(text);
  const outcome = limit === undefined ? "" : `, to be below ${limit}: ${size < limit ? "met" : "missed"}`;
  console.log(`  ${title.padEnd(20)}${size} bytes${outcome}`);
}

/** @param {string} name */
function readExample(name) {
  return readFileSync(join(examples, name, "main.ts"), "utf8");
}

/** @param {string} text of a program in one file */
function moduleSize(text) {
  const files = new Map([["main.ts", text]]);
  const { wasm, diagnostics } = compile({ files, entry: "main.ts", optimize: 2, debug: false });
  if (wasm === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return wasm.length;
}

/** @returns the code of the worker's chunks */
async function bundleWorker() {
  const built = await build({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@lunatic-web/source", ...defaultClientConditions] },
    build: {
      write: false,
      minify: true,
      target: "es2024",
      rolldownOptions: { input: join(root, "compiler/compiler.worker.ts"), checks: { pluginTimings: false } },
    },
  });
  if (!("output" in built)) throw new Error("The build of the worker gave no files");
  return built.output.map((file) => Buffer.from(file.type === "chunk" ? file.code : file.source));
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
