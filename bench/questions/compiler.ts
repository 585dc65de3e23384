import { type CompileResult, createCompiler, formatDiagnostic } from "@lunatic-web/sdk";
import type { Question } from "../src/question.ts";
import { median } from "../src/statistics.ts";
import { compilerProgram } from "./compilerProgram.ts";

type Case = { readonly lines: number; readonly optimize: 0 | 2 };

type Raw = {
  readonly loadMs: number;
  readonly firstMs: number;
  /** Compiles after the first, each of a changed program. */
  readonly warmMs: readonly number[];
  readonly bytes: number;
  readonly errors: readonly string[];
};

const WARM_COMPILES = 8;
/** Goal for a warm compile of 200 lines at -O0. */
const WARM_TARGET_MS = 300;

/** As an author's page sees it: from the call to the module, with the way to the worker and back. */
export const compiler: Question<Case, Raw> = {
  name: "compiler",
  asks: "How long does a page wait for the compiler of programs in TypeScript syntax?",

  async cases() {
    return [50, 200, 1000].flatMap((lines) => ([0, 2] as const).map((optimize) => ({ lines, optimize })));
  },

  async run({ lines, optimize }) {
    const program = compilerProgram(lines);
    const author = createCompiler();
    const compileVersion = async (version: number): Promise<{ result: CompileResult; ms: number }> => {
      const files = new Map([["main.ts", `${program}// version ${version}\n`]]);
      const start = performance.now();
      const result = await author.compile({ files, entry: "main.ts", optimize });
      return { result, ms: performance.now() - start };
    };
    const start = performance.now();
    await author.load();
    const loadMs = performance.now() - start;
    const first = await compileVersion(0);
    const warmMs: number[] = [];
    for (let version = 1; version <= WARM_COMPILES; version++)
      warmMs.push((await compileVersion(version)).ms);
    author.close();
    return {
      loadMs,
      firstMs: first.ms,
      warmMs,
      bytes: first.result.wasm?.length ?? 0,
      errors: first.result.diagnostics.map(formatDiagnostic),
    };
  },

  validate: (_, { errors }) => errors,

  rows(samples) {
    const loads = samples.map(({ raw }) => raw.loadMs);
    const keys = [...new Set(samples.map((sample) => JSON.stringify(sample.case)))];
    const compiles = keys.map((key) => {
      const own = samples.filter((sample) => JSON.stringify(sample.case) === key);
      const { lines, optimize } = JSON.parse(key) as Case;
      // The later half: engines compile what runs often in the background of the first.
      const warm = median(own.flatMap(({ raw }) => raw.warmMs.slice(WARM_COMPILES / 2)));
      const first = median(own.map(({ raw }) => raw.firstMs));
      const row = {
        what: `compile of ${lines} lines at -O${optimize}`,
        value: `${warm.toFixed(0)} ms`,
        detail: `the first ${first.toFixed(0)} ms; module with names ${own[0]?.raw.bytes} bytes`,
      };
      if (lines !== 200 || optimize !== 0) return row;
      const target = { text: `within ${WARM_TARGET_MS} ms`, met: warm <= WARM_TARGET_MS };
      return { ...row, target };
    });
    return [
      {
        what: "compiler loaded",
        value: `${median(loads).toFixed(0)} ms`,
        detail: "by Vite's development server, on which the first pages also wait for its bundling",
      },
      ...compiles,
    ];
  },
};
