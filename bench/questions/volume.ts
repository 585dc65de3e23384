import type { Question, Row } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";

/** Ways to keep the files of guests. */
type Way = "opfs" | "indexedDB" | "filePerFile";

export interface VolumeTask {
  readonly way: Way;
  /** How many are made and looked for again. */
  readonly files: number;
}

/** What the worker measured, in milliseconds. */
export interface VolumeTimes {
  readonly [figure: string]: number;
  readonly commit1Ms: number;
  readonly commit100Ms: number;
  readonly commit1000Ms: number;
  readonly syncMs: number;
  readonly writeMs: number;
  readonly readMs: number;
  readonly createMs: number;
  readonly openMs: number;
}

type Case = { readonly way: Way };
type Raw = { readonly [figure: string]: number };

/** One OPFS file for each takes too long for as many; its times are told per file. */
const FILES: Readonly<Record<Way, number>> = { opfs: 10_000, indexedDB: 10_000, filePerFile: 1_000 };
const OPENING_TARGET_MS = 1_000;

interface Figure {
  readonly key: keyof VolumeTimes & string;
  readonly what: string;
  /** Its time grows with the number of files. */
  readonly isPerFile?: boolean;
}

const FIGURES: readonly Figure[] = [
  { key: "commit1Ms", what: "commit of 1 page" },
  { key: "commit100Ms", what: "commit of 100 pages" },
  { key: "commit1000Ms", what: "commit of 1,000 pages" },
  { key: "syncMs", what: "sync after a page" },
  { key: "writeMs", what: "64 MiB written by 1 MiB, synced" },
  { key: "readMs", what: "64 MiB read by 64 KiB" },
  { key: "createMs", what: "10,000 files of a page made, 100 at once, synced", isPerFile: true },
  { key: "openMs", what: "opened again with 10,000 files", isPerFile: true },
];

/** Measures a way in a worker: pages have no synchronous files. */
export async function timesOfWay(way: Way, files: number): Promise<VolumeTimes> {
  const worker = new Worker(new URL("./volume.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise<VolumeTimes>((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<{ times?: VolumeTimes; failure?: string }>) => {
        if (data.times !== undefined) resolve(data.times);
        else reject(new Error(`${way}: ${data.failure}`));
      };
      worker.postMessage({ way, files } satisfies VolumeTask);
    });
  } finally {
    worker.terminate();
  }
}

export const volume: Question<Case, Raw> = {
  name: "volume",
  asks: "What does it cost to keep files, in OPFS and in IndexedDB, beside one OPFS file for each?",
  storesOnDisk: true,

  async cases() {
    return [{ way: "opfs" }, { way: "indexedDB" }, { way: "filePerFile" }];
  },

  run: ({ way }) => timesOfWay(way, FILES[way]),

  validate(_, raw) {
    const missing = FIGURES.filter(({ key }) => !(raw[key]! >= 0));
    return missing.map(({ what }) => `No time was told for: ${what}`);
  },

  rows(samples) {
    const timesOf = (way: Way, { key, isPerFile }: Figure): number[] => {
      const scale = isPerFile ? FILES.opfs / FILES[way] : 1;
      return samples.filter((sample) => sample.case.way === way).map(({ raw }) => raw[key]! * scale);
    };
    return FIGURES.flatMap((figure): Row[] => {
      const own = timesOf("opfs", figure);
      if (own.length === 0) return [];
      const target = { text: `at most ${OPENING_TARGET_MS} ms`, met: median(own) <= OPENING_TARGET_MS };
      const others = (["indexedDB", "filePerFile"] as const).filter((way) => timesOf(way, figure).length > 0);
      return [
        {
          what: figure.what,
          value: `${median(own).toFixed(2)} ms`,
          detail: `± ${spread(own).toFixed(2)} over pages`,
          ...(figure.key === "openMs" ? { target } : {}),
        },
        ...others.map((way): Row => {
          const times = timesOf(way, figure);
          const value = (median(times) / median(own)).toFixed(2);
          const detail = `${median(times).toFixed(2)} ± ${spread(times).toFixed(2)} ms`;
          return { what: `${figure.what}, ${way} ÷ OPFS volume`, value, detail };
        }),
      ];
    });
  },
};
