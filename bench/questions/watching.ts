import type { LunaticModule, Runtime } from "@lunatic-web/runtime";
import type { Question } from "../src/question.ts";
import { median, pairedRatios, spread } from "../src/statistics.ts";
import { fetchBytes } from "./kernelCase.ts";

type Case = { readonly what: string; readonly guest: string; readonly args: readonly string[] };
/** Milliseconds from start to end, run by run, the two ways in turns. */
type Raw = {
  readonly aloneMs: readonly number[];
  readonly watchedMs: readonly number[];
  readonly events: number;
};

const CASES: readonly Case[] = [
  { what: "eight tasks that compute", guest: "primes", args: ["2000000", "8"] },
  { what: "a tree of 1,023 processes", guest: "tree", args: ["10", "0"] },
  { what: "a ring of 1,000, 40 rounds", guest: "messages", args: ["ring", "1000", "40"] },
  { what: "ping-pong and nothing else", guest: "messages", args: ["ping_pong", "20000"] },
];
const RUNS = 5;

export const watching: Question<Case, Raw> = {
  name: "watching",
  asks: "How much longer does a program take when the live view's history watches it?",
  cases: async () => CASES,

  async run({ guest, args }, round) {
    // Loaded in the page only: Node reads this file for the list of questions.
    const { createRuntime } = await import("@lunatic-web/runtime");
    const runtime = await createRuntime({ executors: 1, moduleCache: "none" });
    try {
      const module = await runtime.compile(await fetchBytes(`guests/rust/prebuilt/${guest}.wasm`), {
        name: guest,
      });
      const aloneMs: number[] = [];
      const watchedMs: number[] = [];
      let events = 0;
      // Both ways once before they count: what is measured is not how long code takes to be compiled.
      await runAlone(runtime, module, args);
      await runWatched(runtime, module, args);
      for (let run = 0; run < RUNS; run++) {
        const ways = [
          async () => aloneMs.push(await timed(() => runAlone(runtime, module, args))),
          async () =>
            watchedMs.push(
              await timed(async () => {
                events = await runWatched(runtime, module, args);
              }),
            ),
        ];
        for (let i = 0; i < ways.length; i++) await ways[(i + run + round) % ways.length]!();
      }
      return { aloneMs, watchedMs, events };
    } finally {
      await runtime.close();
    }
  },

  validate({ what }, { events }) {
    return events > 0 ? [] : [`${what}: nothing was seen`];
  },

  rows(samples) {
    return CASES.flatMap(({ what }) => {
      const own = samples.filter((sample) => sample.case.what === what).map(({ raw }) => raw);
      if (own.length === 0) return [];
      const ratios = own.flatMap(({ aloneMs, watchedMs }) => pairedRatios(watchedMs, aloneMs));
      const ratio = median(ratios);
      const alone = median(own.flatMap(({ aloneMs }) => aloneMs));
      return [
        {
          what: `watched ÷ alone, ${what}`,
          value: ratio.toFixed(2),
          detail: `± ${spread(ratios).toFixed(2)} over runs; ${alone.toFixed(0)} ms alone, ${median(own.map(({ events }) => events))} events`,
          target: { text: "at most 1.15", met: ratio <= 1.15 },
        },
      ];
    });
  },
};

async function timed(action: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

async function runAlone(runtime: Runtime, module: LunaticModule, args: readonly string[]): Promise<void> {
  const environment = await runtime.run(module, { args });
  await environment.exited;
}

/** @returns events seen */
async function runWatched(runtime: Runtime, module: LunaticModule, args: readonly string[]): Promise<number> {
  const { EventKind, History } = await import("@lunatic-web/runtime/inspect");
  const kinds = Object.values(EventKind).filter((kind) => kind !== EventKind.Output);
  const environment = await runtime.run(module, { args, inspect: { kinds } });
  const history = new History();
  for await (const batch of environment.inspect()) history.apply(batch);
  await environment.exited;
  return history.live.counters.events + history.live.counters.dropped;
}
