import type { Question, Row } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { bareTurnUs } from "./bareTurn.ts";
import { bareWakeUs } from "./bareWake.ts";
import { numberAfter, runGuest } from "./runGuest.ts";

/** Arguments of guests/rust/load/messages.rs, what they measure and how many operations they make. */
type Case = {
  readonly what: string;
  readonly args: readonly string[];
  readonly executors: number;
  readonly operations: number;
  /** µs of one operation, where there is a target; of Chromium. */
  readonly targetUs?: number;
  /** What the engine takes for an operation at least, and how often; default: one turn. */
  readonly floor?: "wake";
  readonly floors?: number;
};
/** `floorUs`: of one turn, or one wake and back, in the same page. */
type Raw = { readonly elapsedUs: number; readonly count: number; readonly floorUs: number };

/** Runs before the one that counts: V8 goes on optimising for some 100,000 messages, at up to twice the price. */
const WARM_UPS = 5;
/** A run of so many takes seconds, nearly all of them to spawn. */
const MANY_NODES = 5_000;

const CASES: readonly Case[] = [
  { ...pingPong("ping-pong, one executor", 20_000, 1, ["ping_pong", "20000"], 1.2), floors: 2 },
  { ...pingPong("ping-pong, two executors", 5_000, 2, ["ping_pong", "5000", "apart"], 60), floor: "wake" },
  ring(100, 200, 1),
  ring(1_000, 40),
  ring(10_000, 5, 5),
  {
    what: "message, 100 senders to one",
    args: ["fan_in", "100", "500"],
    executors: 1,
    operations: 50_000,
  },
  ...[1, 100, 10_000].map((queued) => ({
    what: `send and selective receive, ${queued} queued`,
    args: ["selective", String(queued), "5000"],
    executors: 1,
    operations: 5_000,
  })),
  ...[64, 1_024, 65_536, 1_048_576].map((bytes) => ({
    what: `send of ${bytes} bytes`,
    args: ["send", String(bytes), String(bytes > 100_000 ? 200 : 5_000)],
    executors: 1,
    operations: bytes > 100_000 ? 200 : 5_000,
  })),
  { what: "task of 10,000 spawned in one loop", args: ["tasks", "10000"], executors: 1, operations: 10_000 },
];

function pingPong(
  what: string,
  operations: number,
  executors: number,
  args: readonly string[],
  targetUs: number,
): Case {
  return { what: `${what}, round trip`, args, executors, operations, targetUs };
}

function ring(nodes: number, rounds: number, targetUs?: number): Case {
  return {
    what: `ring of ${nodes}, hop`,
    args: ["ring", String(nodes), String(rounds)],
    executors: 1,
    operations: nodes * rounds,
    ...(targetUs === undefined ? {} : { targetUs }),
  };
}

export const messages: Question<Case, Raw> = {
  name: "messages",
  asks: "What does a message cost, against the least that the engine takes for one?",
  cases: async () => CASES,

  async run({ args, executors, floor }, round) {
    const measured = { stdout: "", floorUs: 0 };
    const isMany = Number(args[1]) >= MANY_NODES && args[0] === "ring";
    const ways = [
      async () => {
        measured.stdout = await runGuest("messages", args, { warmUps: isMany ? 1 : WARM_UPS, executors });
      },
      async () => {
        measured.floorUs = await (floor === "wake" ? bareWakeUs() : bareTurnUs());
      },
    ];
    for (let i = 0; i < ways.length; i++) await ways[(i + round) % ways.length]?.();
    return {
      elapsedUs: numberAfter("elapsed_us", measured.stdout),
      count: numberAfter("count", measured.stdout),
      floorUs: measured.floorUs,
    };
  },

  validate({ what, operations }, { count }) {
    return count === operations ? [] : [`${what}: ${count} operations took place, not ${operations}`];
  },

  rows(samples) {
    return CASES.flatMap(({ what, targetUs, floor, floors = 1 }): Row[] => {
      const own = samples.filter((sample) => sample.case.what === what);
      if (own.length === 0) return [];
      const costs = own.map(({ raw, case: { operations } }) => raw.elapsedUs / operations);
      const ratios = own.map(({ raw }, index) => costs[index]! / (floors * raw.floorUs));
      const cost = median(costs);
      const least = floors * median(own.map(({ raw }) => raw.floorUs));
      const bare = floor === "wake" ? "waking and being woken" : "bare switches and calls";
      return [
        {
          what,
          value: `${cost.toFixed(2)} µs`,
          detail: `± ${spread(costs).toFixed(2)} over pages; ${median(ratios).toFixed(1)} times ${bare} (${least.toFixed(2)})`,
          ...(targetUs === undefined
            ? {}
            : { target: { text: `at most ${targetUs}`, met: cost <= targetUs } }),
        },
      ];
    });
  },
};
