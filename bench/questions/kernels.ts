import { instantiateStandalone } from "@lunatic-web/runtime/instrument";
import type { Question } from "../src/question.ts";
import { geometricMean, median, pairedRatios, spread } from "../src/statistics.ts";
import { type KernelCase, type KernelExports, kernelBytes, kernelCases } from "./kernelCase.ts";

/** Milliseconds of each run in one page, plain and instrumented taking turns; and every checksum seen. */
type Raw = { readonly plain: number[]; readonly instrumented: number[]; readonly checksums: number[] };

/** Runs before timing: optimising compilers work in the background, the pauses give them the cores. */
const WARM_UP_RUNS = 8;
const WARM_UP_PAUSE_MS = 30;
const TIMED_PAIRS = 9;
/** Shorter runs would measure the clock (5 µs steps, coarser in Firefox) and the scheduler. */
const SHORTEST_RUN_MS = 1;

export const kernels: Question<KernelCase, Raw> = {
  name: "kernels",
  asks: "How much slower does instrumented code run, once optimised?",
  cases: kernelCases,

  async run(kernel, round) {
    const bytes = await kernelBytes(kernel);
    const { instance } = await WebAssembly.instantiate(bytes);
    const plain = instance.exports as unknown as KernelExports;
    const instrumented = instantiateStandalone(bytes, {}).exports as unknown as KernelExports;
    const raw: Raw = { plain: [], instrumented: [], checksums: [] };
    const time = (target: KernelExports): number => {
      const start = performance.now();
      const checksum = target.run(kernel.size);
      const elapsed = performance.now() - start;
      raw.checksums.push(checksum >>> 0);
      return elapsed;
    };
    plain._initialize?.();
    instrumented._initialize?.();
    for (let i = 0; i < WARM_UP_RUNS; i++) {
      time(plain);
      time(instrumented);
      await new Promise((resolve) => setTimeout(resolve, WARM_UP_PAUSE_MS));
    }
    for (let i = 0; i < TIMED_PAIRS; i++) {
      if ((i + round) % 2 === 0) {
        raw.plain.push(time(plain));
        raw.instrumented.push(time(instrumented));
      } else {
        raw.instrumented.push(time(instrumented));
        raw.plain.push(time(plain));
      }
    }
    return raw;
  },

  validate(kernel, raw) {
    const wrong = raw.checksums.filter((checksum) => checksum !== kernel.checksum);
    const short = [...raw.plain, ...raw.instrumented].filter((ms) => ms < SHORTEST_RUN_MS);
    return [
      ...(wrong.length > 0 ? [`${kernel.name} computed ${wrong[0]}, not ${kernel.checksum}`] : []),
      ...(short.length > 0
        ? [`${kernel.name} ran for ${short[0]} ms: too short to time; raise its size`]
        : []),
    ];
  },

  rows(samples) {
    const names = [...new Set(samples.map((sample) => sample.case.name))];
    const perKernel = names.map((name) => {
      const own = samples.filter((sample) => sample.case.name === name);
      // One ratio per page: pages differ (placement, which tier ran when), runs within a page are one observation.
      const ratios = own.map(({ raw }) => median(pairedRatios(raw.instrumented, raw.plain)));
      const plainMs = median(own.map(({ raw }) => median(raw.plain)));
      return { name, ratio: median(ratios), spread: spread(ratios), plainMs };
    });
    const mean = geometricMean(perKernel.map(({ ratio }) => ratio));
    const worst = perKernel.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    return [
      ...perKernel.map(({ name, ratio, spread, plainMs }) => ({
        what: `instrumented ÷ plain, ${name}`,
        value: ratio.toFixed(2),
        detail: `± ${spread.toFixed(2)} over pages; plain ${plainMs.toFixed(1)} ms`,
      })),
      {
        what: "instrumented ÷ plain, geometric mean",
        value: mean.toFixed(2),
        detail: `${names.length} kernels`,
        target: { text: "at most 1.35", met: mean <= 1.35 },
      },
      {
        what: "instrumented ÷ plain, worst",
        value: worst.ratio.toFixed(2),
        detail: worst.name,
        target: { text: "at most 1.90", met: worst.ratio <= 1.9 },
      },
    ];
  },
};
