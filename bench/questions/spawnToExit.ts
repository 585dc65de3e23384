import type { Question } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { spawnInstance, spawnWorker } from "./baselines.ts";
import { fetchBytes } from "./kernelCase.ts";
import { numberAfter, runGuest } from "./runGuest.ts";

type Case = { readonly guest: "spawn_exit" };
/** Microseconds per process from spawn to its answer and end, on average; what the baselines' allocators gave. */
type Raw = {
  readonly runtime: number;
  readonly spawned: number;
  readonly instance: number;
  readonly worker: number;
  readonly addresses: number[];
};

const SPAWNS = 2_000;
/** Runs of 2,000 processes each before the one that counts; the baseline gets one too. */
const WARM_UPS = 5;
const WORKERS = 20;
const LEAST_FASTER_THAN_INSTANCE = 8;
const LEAST_FASTER_THAN_WORKER = 500;

export const spawnToExit: Question<Case, Raw> = {
  name: "spawnToExit",
  asks: "What does a process cost, against a memory and an instance of its own, and against a worker of its own?",
  cases: async () => [{ guest: "spawn_exit" }],

  async run({ guest }, round) {
    const module = await WebAssembly.compile(await fetchBytes(`guests/rust/prebuilt/${guest}.wasm`));
    const addresses: number[] = [];
    const baseline = async (spawn: (module: WebAssembly.Module) => Promise<number>, count: number) => {
      const start = performance.now();
      for (let i = 0; i < count; i++) addresses.push(await spawn(module));
      return ((performance.now() - start) * 1e3) / count;
    };
    const measured = { runtime: "", instance: 0, worker: 0 };
    const ways = [
      async () => {
        measured.runtime = await runGuest(guest, [String(SPAWNS)], { warmUps: WARM_UPS });
      },
      async () => {
        await baseline(spawnInstance, SPAWNS);
        measured.instance = await baseline(spawnInstance, SPAWNS);
      },
      async () => {
        measured.worker = await baseline(spawnWorker, WORKERS);
      },
    ];
    for (let i = 0; i < ways.length; i++) await ways[(i + round) % ways.length]?.();
    return {
      runtime: numberAfter("elapsed_us", measured.runtime) / SPAWNS,
      spawned: numberAfter("spawned", measured.runtime),
      instance: measured.instance,
      worker: measured.worker,
      addresses,
    };
  },

  validate(_, raw) {
    const nothing = raw.addresses.filter((address) => !(address > 0));
    return [
      ...(raw.spawned === SPAWNS && raw.runtime > 0
        ? []
        : [`the guest says it spawned ${raw.spawned} processes`]),
      ...(nothing.length > 0 ? [`${nothing.length} baseline processes allocated nothing`] : []),
    ];
  },

  rows(samples) {
    const ours = samples.map(({ raw }) => raw.runtime);
    const against = (name: string, way: (raw: Raw) => number, least: number) => {
      const ratios = samples.map(({ raw }) => way(raw) / raw.runtime);
      const cost = median(samples.map(({ raw }) => way(raw)));
      return {
        what: `${name} per process ÷ spawn to exit`,
        value: `${median(ratios).toFixed(1)}`,
        detail: `± ${spread(ratios).toFixed(1)} over pages; baseline ${cost.toFixed(0)} µs`,
        target: { text: `at least ${least}`, met: median(ratios) >= least },
      };
    };
    return [
      {
        what: "spawn to exit of a Rust process",
        value: `${median(ours).toFixed(1)} µs`,
        detail: `± ${spread(ours).toFixed(1)} over pages; one after another, answer awaited, ${SPAWNS} per page`,
      },
      against("memory and instance", (raw) => raw.instance, LEAST_FASTER_THAN_INSTANCE),
      against("worker", (raw) => raw.worker, LEAST_FASTER_THAN_WORKER),
    ];
  },
};
