import type { Question } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { numberAfter, runGuest } from "./runGuest.ts";

type Case = { readonly tasks: number; readonly iterations: number };
/** Microseconds for all tasks on one executor and on two. */
type Raw = { readonly oneUs: number; readonly twoUs: number; readonly checksums: string[] };

const LEAST_GAIN = 1.7;

export const fanOut: Question<Case, Raw> = {
  name: "fanOut",
  asks: "How much faster do processes that compute finish on two executors than on one?",
  cases: async () => [{ tasks: 64, iterations: 4_000_000 }],

  async run({ tasks, iterations }, round) {
    const args = [String(tasks), String(iterations)];
    const outputs: string[] = [];
    for (let i = 0; i < 2; i++) {
      const executors = ((i + round) % 2) + 1;
      outputs[executors] = await runGuest("cpu_fanout", args, { warmUps: 1, executors });
    }
    const [, one, two] = outputs as [never, string, string];
    return {
      oneUs: numberAfter("elapsed_us", one),
      twoUs: numberAfter("elapsed_us", two),
      checksums: [one, two].map((stdout) => /^checksum (\w+)$/m.exec(stdout)?.[1] ?? ""),
    };
  },

  validate(_, { checksums: [one, two] }) {
    return one !== "" && one === two ? [] : [`the results differ: ${one} and ${two}`];
  },

  rows(samples) {
    const gains = samples.map(({ raw }) => raw.oneUs / raw.twoUs);
    const { tasks } = samples[0]!.case;
    return [
      {
        what: `${tasks} computing processes, one executor ÷ two`,
        value: median(gains).toFixed(2),
        detail: `± ${spread(gains).toFixed(2)} over pages; ${(median(samples.map(({ raw }) => raw.twoUs)) / 1e3).toFixed(0)} ms on two`,
        target: { text: `at least ${LEAST_GAIN}`, met: median(gains) >= LEAST_GAIN },
      },
    ];
  },
};
