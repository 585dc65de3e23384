import { expect, test } from "vitest";
import { engineFeatures, featuresOf, trySeed } from "./campaign.ts";
import { generateModule } from "./generateModule.ts";
import { encodeModule } from "./tree.ts";

/** Fixed seeds, so that a run says the same everywhere; `npm run fuzz` takes others. */
const SEEDS_PER_TEST = 250;
const TESTS = 8;

test.each(Array.from({ length: TESTS }, (_, i) => i * SEEDS_PER_TEST))(
  "instrumented modules do what the originals do, seeds from %i on",
  { timeout: 120_000 },
  (first) => {
    const engine = engineFeatures();
    for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
      const failure = trySeed(seed, featuresOf(seed, engine));
      const report =
        failure && `seed ${seed}: ${failure.difference}; ${Buffer.from(failure.module).toString("hex")}`;
      expect(report).toBeUndefined();
    }
  },
);

test("the same seed gives the same module", () => {
  const make = () => encodeModule(generateModule(7, { exceptions: "legacy", tailCalls: true }));
  expect(make()).toEqual(make());
});

test("generated modules work on their memory, call, trap and return", () => {
  const ends = { returned: 0, trapped: 0 };
  let touched = 0;
  for (let seed = 0; seed < 100; seed++) {
    const bytes = encodeModule(generateModule(seed, { exceptions: "none", tailCalls: false }));
    const host = { log_i32: () => {}, log_i64: () => 0 };
    let exports: WebAssembly.Exports;
    try {
      exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host }).exports;
    } catch (error) {
      expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
      continue;
    }
    for (const entry of Object.values(exports)) {
      if (typeof entry !== "function") continue;
      try {
        entry(0n, 0n, 0n);
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) ends.trapped++;
        continue;
      }
      ends.returned++;
    }
    const memory = new Uint8Array((exports.memory as WebAssembly.Memory).buffer);
    if (memory.subarray(128).some((byte) => byte !== 0)) touched++;
  }
  expect(ends.returned).toBeGreaterThan(50);
  expect(ends.trapped).toBeGreaterThan(10);
  expect(touched).toBeGreaterThan(30);
});
