import { readFileSync } from "node:fs";
import binaryen from "binaryen";
import { expect, it } from "vitest";
import { CLEANER_BASE64, DRIVER_BASE64 } from "./bytes.ts";
import { cleanerModule, decodeBase64 } from "./modules.ts";

function assemble(name: string): string {
  const module = binaryen.parseText(readFileSync(new URL(`${name}.wat`, import.meta.url), "utf8"));
  const { ExceptionHandling, ReferenceTypes, Multivalue, SIMD128, BulkMemory, BulkMemoryOpt } =
    binaryen.Features;
  module.setFeatures(ExceptionHandling | ReferenceTypes | Multivalue | SIMD128 | BulkMemory | BulkMemoryOpt);
  expect(module.validate()).toBe(1);
  return Buffer.from(module.emitBinary()).toString("base64");
}

/** A constant of bytes.ts, in the formatter's shape. */
function constant(name: string, base64: string): string {
  const pieces = base64.match(/.{1,96}/g)!.map((piece) => `  "${piece}"`);
  return `export const ${name} =\n${pieces.join(" +\n")};\n`;
}

it("bytes.ts holds driver.wat and cleaner.wat, assembled", async () => {
  const text = `/**
 * driver.wat and cleaner.wat of this folder, assembled. Written by modules.test.ts: after a change of a .wat file run
 * \`npm run test:unit -- modules.test.ts --update\`.
 */
${constant("DRIVER_BASE64", assemble("driver"))}
${constant("CLEANER_BASE64", assemble("cleaner"))}`;
  await expect(text).toMatchFileSnapshot("bytes.ts");
});

it("the cleaner zeroes its range to the last byte and nothing else", () => {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const { exports } = new WebAssembly.Instance(cleanerModule(), { arena: { memory } });
  const bytes = new Uint8Array(memory.buffer).fill(7);
  (exports.clean as (from: number, to: number) => void)(8192, 16384);
  expect(bytes[8191]).toBe(7);
  expect(bytes.subarray(8192, 16384).every((byte) => byte === 0)).toBe(true);
  expect(bytes[16384]).toBe(7);
});

it("the cleaner finds a single byte anywhere in a block", () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(cleanerModule(), { arena: { memory } });
  const bytes = new Uint8Array(memory.buffer);
  for (let at = 4096; at < 8192; at++) {
    bytes[at] = 1;
    (exports.clean as (from: number, to: number) => void)(4096, 8192);
    if (bytes[at] !== 0) throw new Error(`byte ${at} was left`);
  }
});

it("the cleaner leaves an empty range alone", () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(cleanerModule(), { arena: { memory } });
  new Uint8Array(memory.buffer)[4096] = 1;
  (exports.clean as (from: number, to: number) => void)(4096, 4096);
  expect(new Uint8Array(memory.buffer)[4096]).toBe(1);
});

it("the base64 decoder agrees with Node's", () => {
  for (const base64 of [DRIVER_BASE64, CLEANER_BASE64, "AA==", "AAE=", "AAEC"]) {
    expect(Buffer.from(decodeBase64(base64)).toString("base64")).toBe(base64);
  }
});
