import type { Question, Row } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { bytesOf, numberAfter, runBytes } from "./runGuest.ts";

interface Figure {
  /** First argument of guests/as/load/databases.ts. */
  readonly name: string;
  readonly what: string;
  readonly count: number;
  /** How many times as long as directly, at most. */
  readonly target?: number;
}
type Case = {
  readonly figure: string;
  /** guests/as/load/databases.ts, compiled, in base64. */
  readonly module: string;
};
type Measured = { readonly elapsedUs: number; readonly count: number };
type Raw = { readonly guest: Measured; readonly direct: Measured };

const SOURCE = "guests/as/load/databases.ts";
const FIGURES: readonly Figure[] = [
  { name: "rows", what: "10,000 rows in one transaction", count: 10_000, target: 2 },
  { name: "select", what: "10,000 rows by one query", count: 10_000, target: 2 },
  { name: "transactions", what: "1,000 transactions", count: 1_000 },
  { name: "reads", what: "1,000 reads of one row", count: 1_000 },
];

export const sqlite: Question<Case, Raw> = {
  name: "sqlite",
  asks: "What does a database in memory cost a guest, beside sqlite-wasm called directly in a worker?",

  async cases(repository) {
    const module = await repository.compile(SOURCE);
    return FIGURES.map(({ name }) => ({ figure: name, module }));
  },

  async run(one, round) {
    const { name, count } = figureOf(one);
    const measured: { guest?: Measured; direct?: Measured } = {};
    const ways = [
      async () => {
        const args = [name, "bench.db", String(count)];
        // The program before it, so that host and guest are optimised; it has a database of its own.
        const stdout = await runBytes("databases", bytesOf(one.module), args, {
          warmUps: 1,
          warmUpArgs: [name, "warm.db", String(count)],
        });
        measured.guest = {
          elapsedUs: numberAfter("elapsed_us", stdout),
          count: numberAfter("count", stdout),
        };
      },
      async () => {
        measured.direct = await runDirectly(name, count);
      },
    ];
    for (let i = 0; i < ways.length; i++) await ways[(i + round) % ways.length]!();
    return { guest: measured.guest!, direct: measured.direct! };
  },

  validate(one, raw) {
    const { what, count } = figureOf(one);
    return Object.entries(raw)
      .filter(([, measured]) => measured.count !== count || !(measured.elapsedUs > 0))
      .map(([way, measured]) => `${what}, ${way}: ${measured.count} in ${measured.elapsedUs} µs`);
  },

  rows(samples) {
    return FIGURES.map(({ name, what, count, target }): Row => {
      const raws = samples.filter((sample) => sample.case.figure === name).map(({ raw }) => raw);
      const ratios = raws.map(({ guest, direct }) => guest.elapsedUs / direct.elapsedUs);
      const each = (way: keyof Raw) => median(raws.map((raw) => raw[way].elapsedUs)) / count;
      const ratio = median(ratios);
      return {
        what,
        value: `${ratio.toFixed(2)} times directly`,
        detail: `${spread(ratios)}; each ${each("guest").toFixed(1)} µs, directly ${each("direct").toFixed(1)} µs`,
        ...(target !== undefined && { target: { text: `at most ${target}`, met: ratio <= target } }),
      };
    });
  },
};

/** In a worker, as there it would be. */
function runDirectly(name: string, count: number): Promise<Measured> {
  const worker = new Worker(new URL("./sqlite.worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Measured>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ name, count });
  });
}

function figureOf(one: Case): Figure {
  return FIGURES.find(({ name }) => name === one.figure)!;
}
