import type { Question } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { timeWorkers } from "./computing.ts";
import { numberAfter, runGuest } from "./runGuest.ts";

type Case = { readonly tasks: number; readonly iterations: number };
type Raw = {
  /** Microseconds for all tasks on one executor and on two. */
  readonly oneUs: number;
  readonly twoUs: number;
  /** Milliseconds for a loop in one worker and in two, without any runtime: what the machine gives at that time. */
  readonly oneWorkerMs: number;
  readonly twoWorkersMs: number;
  readonly checksums: string[];
};

const LEAST_GAIN = 1.7;
/** About half a second on one worker. */
const WORKER_ITERATIONS = 500_000_000;

export const fanOut: Question<Case, Raw> = {
  name: "fanOut",
  asks: "How much faster do processes that compute finish on two executors than on one?",
  // Some seconds: what a start costs, and which core another program has for a moment, must not decide.
  cases: async () => [{ tasks: 64, iterations: 20_000_000 }],

  async run({ tasks, iterations }, round) {
    const args = [String(tasks), String(iterations)];
    const outputs: string[] = [];
    const workersMs = [0, 0, 0];
    for (let i = 0; i < 2; i++) {
      const count = ((i + round) % 2) + 1;
      outputs[count] = await runGuest("cpu_fanout", args, {
        warmUps: 1,
        warmUpArgs: [String(tasks), "100000"],
        executors: count,
      });
      workersMs[count] = await timeWorkers(count, WORKER_ITERATIONS);
    }
    const [, one, two] = outputs as [never, string, string];
    return {
      oneUs: numberAfter("elapsed_us", one),
      twoUs: numberAfter("elapsed_us", two),
      oneWorkerMs: workersMs[1]!,
      twoWorkersMs: workersMs[2]!,
      checksums: [one, two].map((stdout) => /^checksum (\w+)$/m.exec(stdout)?.[1] ?? ""),
    };
  },

  validate(_, { checksums: [one, two] }) {
    return one !== "" && one === two ? [] : [`the results differ: ${one} and ${two}`];
  },

  rows(samples) {
    const gains = samples.map(({ raw }) => raw.oneUs / raw.twoUs);
    const machine = samples.map(({ raw }) => raw.oneWorkerMs / raw.twoWorkersMs);
    const { tasks } = samples[0]!.case;
    return [
      {
        what: `${tasks} computing processes, one executor ÷ two`,
        value: median(gains).toFixed(2),
        detail: `± ${spread(gains).toFixed(2)} over pages; ${(median(samples.map(({ raw }) => raw.twoUs)) / 1e3).toFixed(0)} ms on two`,
        target: { text: `at least ${LEAST_GAIN}`, met: median(gains) >= LEAST_GAIN },
      },
      {
        what: "a loop in one worker ÷ in two, without the runtime",
        value: median(machine).toFixed(2),
        detail: `± ${spread(machine).toFixed(2)} over pages: what the machine gave meanwhile`,
      },
    ];
  },
};
