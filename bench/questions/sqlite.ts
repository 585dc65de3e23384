import type { Question, Row } from "../src/question.ts";
import { median, quantile } from "../src/statistics.ts";
import { bytesOf, numberAfter } from "./runGuest.ts";
import type { DirectTask, Measured } from "./sqlite.worker.ts";

interface Figure {
  /** First argument of guests/as/load/databases.ts. */
  readonly name: string;
  readonly what: string;
  readonly count: number;
  /** How many times as long as directly, at most. */
  readonly target?: number;
}
export type Storage = "memory" | "opfs";
type Case = {
  readonly storage: Storage;
  readonly figure: string;
  /** guests/as/load/databases.ts, compiled, in base64. */
  readonly module: string;
};
/** Microseconds of each pair of runs, the two right after each other. */
type Raw = { readonly guestUs: readonly number[]; readonly directUs: readonly number[] };

const SOURCE = "guests/as/load/databases.ts";
const STORAGES: readonly Storage[] = ["memory", "opfs"];
const FIGURES: readonly Figure[] = [
  { name: "rows", what: "10,000 rows in one transaction", count: 10_000, target: 2 },
  { name: "select", what: "10,000 rows by one query", count: 10_000, target: 2 },
  { name: "transactions", what: "1,000 transactions", count: 1_000 },
  { name: "reads", what: "1,000 reads of one row", count: 1_000 },
];
/** In each page; what slows the machine down for a while slows both down. */
const PAIRS = { memory: 5, opfs: 3 } as const;

export const sqlite: Question<Case, Raw> = {
  name: "sqlite",
  asks: "What does a database cost a guest, beside sqlite-wasm called directly in a worker?",
  storesOnDisk: true,

  async cases(repository) {
    const module = await repository.compile(SOURCE);
    return STORAGES.flatMap((storage) => FIGURES.map(({ name }) => ({ storage, figure: name, module })));
  },

  async run(one, round) {
    const { name, count } = figureOf(one);
    const place = `bench-${crypto.randomUUID()}`;
    const guest = await openGuest(one, place);
    const direct = openDirect(one.storage, place);
    const raw: { guestUs: number[]; directUs: number[] } = { guestUs: [], directUs: [] };
    try {
      // The first pair before those that count, so that host, guest and sqlite are optimised.
      for (let pair = -1; pair < PAIRS[one.storage]; pair++) {
        const ways = [
          async () => raw.guestUs.push(await elapsedUs(guest.run(name, count), count)),
          async () => raw.directUs.push(await elapsedUs(direct.run({ name, count }), count)),
        ];
        for (let i = 0; i < ways.length; i++) await ways[(i + pair + round + 1) % ways.length]!();
      }
    } finally {
      direct.close();
      await guest.close();
      if (one.storage === "opfs") await forget(place);
    }
    return { guestUs: raw.guestUs.slice(1), directUs: raw.directUs.slice(1) };
  },

  validate(one, { guestUs, directUs }) {
    const strange = [...guestUs, ...directUs].filter((us) => !(us > 0));
    return strange.map((us) => `${figureOf(one).what} (${one.storage}): ${us} µs`);
  },

  rows(samples) {
    return STORAGES.flatMap((storage) =>
      FIGURES.flatMap(({ name, what, count, target }): Row[] => {
        const raws = samples
          .filter(({ case: { figure, storage: where } }) => figure === name && where === storage)
          .map(({ raw }) => raw);
        if (raws.length === 0) return [];
        const guestUs = raws.flatMap((raw) => raw.guestUs);
        const directUs = raws.flatMap((raw) => raw.directUs);
        const ratios = guestUs.map((us, index) => us / directUs[index]!);
        const ratio = median(ratios);
        const quartiles = [0.25, 0.75].map((part) => quantile(ratios, part).toFixed(2)).join(" to ");
        const each = (us: readonly number[]): string => (median(us) / count).toFixed(1);
        const perSecond = Math.round((count / median(guestUs)) * 1e6).toLocaleString("en");
        return [
          {
            what: `${what}, ${storage}`,
            value: `${ratio.toFixed(2)} times directly`,
            detail: `half of ${ratios.length} pairs ${quartiles}; each ${each(guestUs)} µs, directly ${each(directUs)}; ${perSecond} in a second`,
            ...(target !== undefined && { target: { text: `at most ${target}`, met: ratio <= target } }),
          },
        ];
      }),
    );
  },
};

async function elapsedUs(run: Promise<Measured>, expected: number): Promise<number> {
  const { us, count } = await run;
  // A run that did something else must not count.
  return count === expected ? us : Number.NaN;
}

async function openGuest({ storage, module: base64 }: Case, place: string) {
  // Loaded in the page only: Node reads this file for the list of questions.
  const { createRuntime } = await import("@lunatic-web/runtime");
  const runtime = await createRuntime({
    executors: 1,
    moduleCache: "none",
    ...(storage === "opfs" && { files: { persist: place } }),
  });
  const module = await runtime.compile(bytesOf(base64), { name: "databases" });
  let runs = 0;
  return {
    async run(name: string, count: number): Promise<Measured> {
      const written = { stdout: "", stderr: "" };
      const environment = await runtime.run(module, {
        args: [name, `bench${runs++}.db`, String(count)],
        onOutput: ({ stream, text }) => {
          written[stream] += text;
        },
      });
      const { reason } = await environment.exited;
      if (reason !== "normal") throw new Error(`the program ended by ${reason}: ${written.stderr}`);
      return { us: numberAfter("elapsed_us", written.stdout), count: numberAfter("count", written.stdout) };
    },
    close: () => runtime.close(),
  };
}

/** In a worker, as there it would be. */
function openDirect(storage: Storage, place: string) {
  const worker = new Worker(new URL("./sqlite.worker.ts", import.meta.url), { type: "module" });
  return {
    run: (task: Omit<DirectTask, "storage" | "place">): Promise<Measured> =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Measured>) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ ...task, storage, place } satisfies DirectTask);
      }),
    close: () => worker.terminate(),
  };
}

/** Removes what both have kept, wherever below the root it lies. */
async function forget(place: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const directories: FileSystemDirectoryHandle[] = [root];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    for await (const [name, handle] of directory.entries()) {
      if (name.includes(place)) await directory.removeEntry(name, { recursive: true }).catch(() => {});
      else if (handle.kind === "directory") directories.push(handle as FileSystemDirectoryHandle);
    }
  }
}

function figureOf(one: Case): Figure {
  return FIGURES.find(({ name }) => name === one.figure)!;
}
