#!/usr/bin/env node
/**
 * Compiles broken programs for as long as you like: `node packages/sdk/scripts/fuzz.mjs --seconds 60 --seed 1`. A
 * compile that breaks a promise is printed with its program; one that does not end shows by silence.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string", default: "1" } },
});
/** @type {{ module: typeof import("../compiler/testing/fuzzSources.ts") }} */
const { module } = await runnerImport(join(import.meta.dirname, "../compiler/testing/fuzzSources.ts"), {
  configFile: false,
  logLevel: "error",
});
const { breakProgram, compile, createRandom, findBrokenPromise, SAMPLE_PROGRAM } = module;

const end = Date.now() + Number(values.seconds) * 1_000;
let seed = Number(values.seed);
let broken = 0;
let slowest = 0;
let compiles = 0;
let crashes = 0;
for (; Date.now() < end; seed++) {
  const text = breakProgram(SAMPLE_PROGRAM, createRandom(seed));
  const request = { files: new Map([["main.ts", text]]), entry: "main.ts" };
  const result = compile(request);
  compiles++;
  if (result.crashed) crashes++;
  slowest = Math.max(slowest, result.duration);
  const problem = findBrokenPromise(request, result);
  if (problem === undefined) continue;
  broken++;
  console.log(`seed ${seed}: ${problem}\n${values.seed === String(seed) ? text : ""}`);
}
console.log(
  `${compiles} compiles, ${crashes} told of a crash, ${broken} broke a promise; the slowest took ${slowest.toFixed(0)} ms`,
);
process.exitCode = broken === 0 ? 0 : 1;
