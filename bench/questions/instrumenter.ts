import { instrument } from "@lunatic-web/runtime/instrument";
import type { Question } from "../src/question.ts";
import { geometricMean, median } from "../src/statistics.ts";
import { fetchBytes } from "./kernelCase.ts";

type Case = { readonly path: string };
/** Milliseconds per pass over the module, the first one apart; sizes in bytes. */
type Raw = {
  readonly firstMs: number;
  readonly warmMs: number[];
  readonly before: number;
  readonly after: number;
};

/** How many of the biggest prebuilt guests are taken. */
const MODULES = 8;
const WARM_PASSES = 15;
const GUEST_FOLDERS = ["guests/kernels/prebuilt", "guests/rust/prebuilt", "guests/rust/prebuilt/tests"];

export const instrumenter: Question<Case, Raw> = {
  name: "instrumenter",
  asks: "How fast is the instrumenter, and how much does a module grow?",

  async cases(repository) {
    const files = (await Promise.all(GUEST_FOLDERS.map((folder) => repository.list(folder)))).flat();
    return files
      .filter(({ path }) => path.endsWith(".wasm"))
      .sort((a, b) => b.sizeBytes - a.sizeBytes)
      .slice(0, MODULES)
      .map(({ path }) => ({ path }));
  },

  async run({ path }) {
    const bytes = await fetchBytes(path);
    const time = (): { ms: number; after: number } => {
      const start = performance.now();
      const after = instrument(bytes).bytes.length;
      return { ms: performance.now() - start, after };
    };
    const first = time();
    for (let i = 0; i < WARM_PASSES; i++) time();
    const warmMs = Array.from({ length: WARM_PASSES }, () => time().ms);
    return { firstMs: first.ms, warmMs, before: bytes.length, after: first.after };
  },

  validate({ path }, raw) {
    return raw.after > raw.before ? [] : [`${path} did not grow: it was not instrumented`];
  },

  rows(samples) {
    const perSecond = samples.map(({ raw }) => raw.before / 1e6 / (median(raw.warmMs) / 1e3));
    const first = samples.map(({ raw }) => raw.before / 1e6 / (raw.firstMs / 1e3));
    const growth = samples.map(({ raw }) => raw.after / raw.before);
    const sizes = [...new Set(samples.map(({ raw }) => raw.before))];
    const speed = median(perSecond);
    return [
      {
        what: "instrumenter, warm",
        value: `${speed.toFixed(1)} MB/s`,
        detail: `${sizes.length} modules, ${Math.min(...sizes) >> 10} to ${Math.max(...sizes) >> 10} KiB`,
        target: { text: "at least 8 MB/s", met: speed >= 8 },
      },
      {
        what: "instrumenter, first module of a page",
        value: `${median(first).toFixed(1)} MB/s`,
        detail: `${median(samples.map(({ raw }) => raw.firstMs)).toFixed(0)} ms`,
      },
      {
        what: "size, instrumented ÷ plain",
        value: geometricMean(growth).toFixed(2),
        detail: `at most ${Math.max(...growth).toFixed(2)}`,
      },
    ];
  },
};
