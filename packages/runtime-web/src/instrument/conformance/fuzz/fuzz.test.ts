import { expect, test } from "vitest";
import { engineFeatures, featuresOf, planFor, trySeed } from "./campaign.ts";
import { generateModule } from "./generateModule.ts";
import { encodeModule } from "./tree.ts";

/** Fixed seeds, so that a run says the same everywhere; `npm run fuzz` takes others. */
const SEEDS_PER_TEST = 60;
const TESTS = 10;

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
    const tree = generateModule(seed, { exceptions: "none", tailCalls: false });
    const host = { log_i32: () => {}, log_i64: () => 0 };
    let exports: WebAssembly.Exports;
    try {
      exports = new WebAssembly.Instance(new WebAssembly.Module(encodeModule(tree)), { host }).exports;
    } catch (error) {
      expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
      continue;
    }
    for (const { name, args } of planFor(tree, seed).calls) {
      try {
        (exports[name] as (...values: unknown[]) => unknown)(...args);
        ends.returned++;
      } catch (error) {
        expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
        ends.trapped++;
      }
    }
    const memory = new Uint8Array((exports.memory as WebAssembly.Memory).buffer);
    if (memory.subarray(128).some((byte) => byte !== 0)) touched++;
  }
  expect(ends.returned).toBeGreaterThan(200);
  expect(ends.trapped).toBeGreaterThan(50);
  expect(touched).toBeGreaterThan(30);
});
