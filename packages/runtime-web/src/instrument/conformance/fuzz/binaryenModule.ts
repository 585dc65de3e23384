import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Plan } from "./compare.ts";
import { name, section, unsigned } from "./encode.ts";
import { Random } from "./random.ts";

/** What we support and Node 20 runs; `--denan` because the bits of a NaN are the engine's choice. */
const FLAGS = [
  ..."--translate-to-fuzz --mvp-features --enable-simd --enable-bulk-memory --enable-bulk-memory-opt".split(
    " ",
  ),
  ..."--enable-sign-ext --enable-nontrapping-float-to-int --enable-mutable-globals --enable-multivalue".split(
    " ",
  ),
  ..."--enable-tail-call --enable-reference-types --enable-extended-const --denan".split(" "),
];
const INPUT_BYTES = 16_000;
const EXPORT_SECTION = 7;

/** A module made by binaryen's fuzzer, a second opinion on what modules look like, with its memory exported. */
export function binaryenModule(seed: number): Uint8Array<ArrayBuffer> {
  const random = new Random(seed);
  const wasmOpt = join(dirname(createRequire(import.meta.url).resolve("binaryen")), "bin/wasm-opt");
  const directory = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    const [input, output] = [join(directory, "input"), join(directory, "output.wasm")];
    writeFileSync(
      input,
      Uint8Array.from({ length: INPUT_BYTES }, () => random.below(256)),
    );
    execFileSync(process.execPath, [wasmOpt, input, ...FLAGS, "-o", output], { stdio: "ignore" });
    return withMemoryExport(new Uint8Array(readFileSync(output)));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Calls of every export, which binaryen gives their arguments itself (`func_3_invoker`), and its import functions. */
export function binaryenPlan(bytes: Uint8Array<ArrayBuffer>, seed: number): Plan {
  const random = new Random(seed);
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(bytes));
  const functions = exports.filter(({ kind }) => kind === "function");
  return {
    calls: functions.map(({ name }) => ({ name, args: [] })),
    sliceFuel: random.pick([1, 1_000, 1_000_000]),
    movesAlways: random.chance(0.5),
    imports: (log) => {
      const logger = (kind: string) => (value: unknown) => void log(kind, String(value));
      const logs = ["log-i32", "log-i64", "log-f32", "log-f64", "log-v128"].map((kind) => [
        kind,
        logger(kind),
      ]);
      return {
        "fuzzing-support": {
          ...Object.fromEntries(logs),
          sleep: (_: number, result: number) => result,
          throw: (kind: number) => {
            throw new Error(`thrown by the host: ${kind}`);
          },
          "table-get": () => null,
          "table-set": () => {},
        },
        __fuzz_import: { extern$: new WebAssembly.Global({ value: "externref" }, "imported" as never) },
      };
    },
  };
}

function withMemoryExport(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (let at = 8; at < bytes.length; ) {
    const size = readUnsigned(bytes, at + 1);
    const end = size.next + size.value;
    if (bytes[at] === EXPORT_SECTION) {
      const count = readUnsigned(bytes, size.next);
      const items = [...bytes.subarray(count.next, end), ...name("memory"), 0x02, 0x00];
      const exports = section(EXPORT_SECTION, [...unsigned(count.value + 1), ...items]);
      return new Uint8Array([...bytes.subarray(0, at), ...exports, ...bytes.subarray(end)]);
    }
    at = end;
  }
  return bytes;
}

function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  for (let value = 0, shift = 0, next = at; ; shift += 7) {
    const byte = bytes[next++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next };
  }
}
