import { instantiateStandalone } from "@lunatic-web/runtime/instrument";
import type { Question } from "../src/question.ts";
import { geometricMean, median } from "../src/statistics.ts";
import { type KernelCase, type KernelExports, kernelBytes, kernelCases } from "./kernelCase.ts";

/** Runs of a small part of the kernel finished within the time, from the module's bytes on. */
type Raw = { readonly plain: number; readonly instrumented: number };

const BUDGET_MS = 100;
/** Part of a kernel's size per run: about a millisecond, so that the last run hardly overshoots. */
const PART = 32;
/** Recursion depth is not a size to divide: these take this much less of it. */
const DEPTH_STEP: Readonly<Record<string, number>> = { fibonacci: 7, binaryTrees: 5 };

export const startUp: Question<KernelCase, Raw> = {
  name: "startUp",
  asks: "How much less work gets done in the first 100 ms, instrumenting and compiling included?",
  cases: kernelCases,

  async run(kernel, round) {
    const bytes = await kernelBytes(kernel);
    const step = DEPTH_STEP[kernel.name];
    const size = step === undefined ? Math.max(1, Math.round(kernel.size / PART)) : kernel.size - step;
    const count = (instantiate: () => KernelExports): number => {
      const start = performance.now();
      const target = instantiate();
      target._initialize?.();
      let runs = 0;
      for (; performance.now() - start < BUDGET_MS; runs++) target.run(size);
      return runs;
    };
    const plain = () =>
      new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as KernelExports;
    const instrumented = () => instantiateStandalone(bytes, {}).exports as unknown as KernelExports;
    if (round % 2 === 0) {
      const first = count(plain);
      return { plain: first, instrumented: count(instrumented) };
    }
    const first = count(instrumented);
    return { plain: count(plain), instrumented: first };
  },

  validate(kernel, raw) {
    const few = Math.min(raw.plain, raw.instrumented) < 5;
    return few ? [`${kernel.name} made only ${raw.instrumented} and ${raw.plain} runs: too coarse`] : [];
  },

  rows(samples) {
    const names = [...new Set(samples.map((sample) => sample.case.name))];
    const ratios = names.map((name) => {
      const own = samples.filter((sample) => sample.case.name === name);
      return { name, ratio: median(own.map(({ raw }) => raw.plain / raw.instrumented)) };
    });
    const worst = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    return [
      {
        what: "work in the first 100 ms, plain ÷ instrumented",
        value: geometricMean(ratios.map(({ ratio }) => ratio)).toFixed(2),
        detail: `geometric mean of ${names.length} kernels; worst ${worst.ratio.toFixed(2)} (${worst.name})`,
      },
    ];
  },
};
