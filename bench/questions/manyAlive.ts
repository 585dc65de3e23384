import type { Question } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { numberAfter, runGuest } from "./runGuest.ts";

type Case = { readonly processes: number };
/** Microseconds for all; the sum of all answers proves that every process was alive and answered. */
type Raw = { readonly spawnUs: number; readonly answerUs: number; readonly sum: number };

export const manyAlive: Question<Case, Raw> = {
  name: "manyAlive",
  asks: "How many processes live at once, and what does each cost then?",
  cases: async () => [{ processes: 100 }, { processes: 1_000 }, { processes: 5_000 }, { processes: 10_000 }],

  async run({ processes }) {
    const stdout = await runGuest("many_alive", [String(processes)]);
    return {
      spawnUs: numberAfter("spawn_us", stdout),
      answerUs: numberAfter("answer_us", stdout),
      sum: numberAfter("sum", stdout),
    };
  },

  validate({ processes }, raw) {
    // Process i is sent i and answers i + 1.
    const expected = (processes * (processes + 1)) / 2;
    return raw.sum === expected
      ? []
      : [`${processes} processes answered ${raw.sum} together, not ${expected}`];
  },

  rows(samples) {
    return [...new Set(samples.map((sample) => sample.case.processes))].map((processes) => {
      const own = samples.filter((sample) => sample.case.processes === processes).map(({ raw }) => raw);
      const answers = own.map(({ answerUs }) => answerUs / processes);
      const spawns = own.map(({ spawnUs }) => spawnUs / processes);
      return {
        what: `${processes} processes alive, message and answer`,
        value: `${median(answers).toFixed(1)} µs`,
        detail: `± ${spread(answers).toFixed(1)} per process over pages; spawn ${median(spawns).toFixed(1)} µs`,
      };
    });
  },
};
