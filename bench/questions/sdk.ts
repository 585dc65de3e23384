import type { Question, Row } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { bytesOf, numberAfter, runBytes, runGuest } from "./runGuest.ts";

interface Figure {
  readonly what: string;
  /** First argument of guests/as/load/figures.ts. */
  readonly figure: string;
  readonly operations: number;
  /** The same program in Rust, its arguments, and where its output says how many operations took place. */
  readonly rust: string;
  readonly rustArgs: readonly string[];
  readonly rustCount: string;
}
type Case = {
  readonly figure: string;
  /** guests/as/load/figures.ts, compiled, in base64. */
  readonly module: string;
};
type Measured = { readonly elapsedUs: number; readonly count: number };
type Raw = { readonly script: Measured; readonly rust: Measured };

/** As in the questions about the programs in Rust alone. */
const WARM_UPS = 5;
const SOURCE = "guests/as/load/figures.ts";

const FIGURES: readonly Figure[] = [
  {
    what: "spawn to exit",
    figure: "spawn_exit",
    operations: 2_000,
    rust: "spawn_exit",
    rustArgs: ["2000"],
    rustCount: "spawned",
  },
  {
    what: "round trip",
    figure: "ping_pong",
    operations: 20_000,
    rust: "messages",
    rustArgs: ["ping_pong", "20000"],
    rustCount: "count",
  },
];

export const sdk: Question<Case, Raw> = {
  name: "sdk",
  asks: "What do processes in TypeScript syntax cost, beside the same program in Rust?",

  async cases(repository) {
    const module = await repository.compile(SOURCE);
    return FIGURES.map(({ figure }) => ({ figure, module }));
  },

  async run(one, round) {
    const { figure, operations, rust, rustArgs, rustCount } = figureOf(one);
    const measured: { script?: Measured; rust?: Measured } = {};
    const ways = [
      async () => {
        const args = [figure, String(operations)];
        const stdout = await runBytes("figures", bytesOf(one.module), args, { warmUps: WARM_UPS });
        measured.script = read(stdout, "count");
      },
      async () => {
        measured.rust = read(await runGuest(rust, rustArgs, { warmUps: WARM_UPS }), rustCount);
      },
    ];
    for (let i = 0; i < ways.length; i++) await ways[(i + round) % ways.length]!();
    return { script: measured.script!, rust: measured.rust! };
  },

  validate(one, raw) {
    const { what, operations } = figureOf(one);
    return Object.entries(raw)
      .filter(([, { count, elapsedUs }]) => count !== operations || !(elapsedUs > 0))
      .map(
        ([language, { count, elapsedUs }]) =>
          `${what}, ${language}: ${count} operations in ${elapsedUs} µs, not ${operations}`,
      );
  },

  rows(samples) {
    return FIGURES.flatMap(({ what, figure, operations }): Row[] => {
      const own = samples.filter((sample) => sample.case.figure === figure).map(({ raw }) => raw);
      if (own.length === 0) return [];
      // One ratio per page: pages differ, the two ways within a page had the same machine.
      const ratios = own.map(({ script, rust }) => script.elapsedUs / rust.elapsedUs);
      const cost = (language: keyof Raw) =>
        `${(median(own.map((raw) => raw[language].elapsedUs)) / operations).toFixed(2)} µs`;
      return [
        {
          what: `${what}, TypeScript syntax ÷ Rust`,
          value: median(ratios).toFixed(2),
          detail: `± ${spread(ratios).toFixed(2)} over pages; ${cost("script")} and ${cost("rust")}`,
        },
      ];
    });
  },
};

function figureOf({ figure }: Case): Figure {
  const found = FIGURES.find((one) => one.figure === figure);
  if (found === undefined) throw new Error(`The bench knows no figure ${figure} of ${SOURCE}`);
  return found;
}

function read(stdout: string, count: string): Measured {
  return { elapsedUs: numberAfter("elapsed_us", stdout), count: numberAfter(count, stdout) };
}
