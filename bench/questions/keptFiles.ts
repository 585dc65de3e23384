import type { FilesOptions } from "@lunatic-web/runtime";
import type { Question, Row } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { fetchBytes } from "./kernelCase.ts";
import { numberAfter } from "./runGuest.ts";
import { timesOfWay } from "./volume.ts";

/** Milliseconds. */
type Raw = { readonly [figure in FigureKey]: number };
type FigureKey = "writeMs" | "plainWriteMs" | "syncMs" | "plainSyncMs" | "reloadMs" | "startMs";

const MEBIBYTES = 64;
const SYNCS = 100;
const FILES = 10_000;
const WRITERS = 50;
const ROUNDS = 3;
const RELOAD_TARGET_MS = 1_000;
const OVER_PLAIN = 1.5;
const NAME = "bench-kept";

export const keptFiles: Question<null, Raw> = {
  name: "keptFiles",
  asks: "What do files that last cost a guest, beside plain files of OPFS that a worker writes?",
  storesOnDisk: true,

  async cases() {
    return [null];
  },

  async run() {
    const { deleteVolume } = await import("@lunatic-web/runtime/volume");
    await deleteVolume(NAME);
    const guest = await guestTimes();
    const reload = await reloadTimes();
    const { writeMs: plainWriteMs, syncMs: plainSyncMs } = await timesOfWay("filePerFile", 1);
    return { ...guest, ...reload, plainWriteMs, plainSyncMs };
  },

  validate(_, raw) {
    const missing = Object.entries(raw).filter(([, value]) => !(value >= 0));
    return missing.map(([key]) => `No time was told for ${key}`);
  },

  rows(samples) {
    const all = (key: FigureKey) => samples.map(({ raw }) => raw[key]);
    const beside = (what: string, key: FigureKey, plain: FigureKey, most?: number): Row[] => {
      const ratio = median(samples.map(({ raw }) => raw[key] / raw[plain]));
      const target = most && { text: `at most ${most}`, met: ratio <= most };
      return [
        row(what, all(key)),
        {
          what: `${what}, ÷ plain OPFS file`,
          value: ratio.toFixed(2),
          detail: `${median(all(plain)).toFixed(2)} ± ${spread(all(plain)).toFixed(2)} ms`,
          ...(target ? { target } : {}),
        },
      ];
    };
    const reloadMs = median(all("reloadMs")) - median(all("startMs"));
    return [
      ...beside("64 MiB written by a guest by 64 KiB, synced", "writeMs", "plainWriteMs", OVER_PLAIN),
      ...beside("4 KB written by a guest, and fd_sync", "syncMs", "plainSyncMs"),
      row("createRuntime without files", all("startMs")),
      {
        ...row("createRuntime with 10,000 kept files, and their list", all("reloadMs")),
        target: { text: `at most ${RELOAD_TARGET_MS} ms more`, met: reloadMs <= RELOAD_TARGET_MS },
      },
    ];
  },
};

function row(what: string, times: readonly number[]): Row {
  return {
    what,
    value: `${median(times).toFixed(2)} ms`,
    detail: `± ${spread(times).toFixed(2)} over pages`,
  };
}

async function openRuntime(files: FilesOptions = { persist: NAME, ifTaken: "wait" }) {
  const { createRuntime } = await import("@lunatic-web/runtime");
  return createRuntime({ executors: 1, moduleCache: "none", files });
}

/** Of the second run of each: the engine has optimised host and guest then. */
async function guestTimes(): Promise<Pick<Raw, "writeMs" | "syncMs">> {
  const runtime = await openRuntime();
  try {
    const bytes = await fetchBytes("guests/rust/prebuilt/file_speed.wasm");
    const module = await runtime.compile(bytes, { name: "file_speed" });
    const run = async (figure: string, count: number): Promise<number> => {
      let written = "";
      const environment = await runtime.run(module, {
        args: [figure, String(count)],
        onOutput: ({ text }) => {
          written += text;
        },
      });
      const { reason } = await environment.exited;
      if (reason !== "normal") throw new Error(`file_speed ended with ${reason} and wrote: ${written}`);
      await runtime.files.sync();
      return numberAfter("elapsed_us", written) / 1_000;
    };
    await run("written", MEBIBYTES);
    const writeMs = await run("written", MEBIBYTES);
    await run("sync", SYNCS);
    return { writeMs, syncMs: (await run("sync", SYNCS)) / SYNCS };
  } finally {
    await runtime.close();
  }
}

async function reloadTimes(): Promise<Pick<Raw, "reloadMs" | "startMs">> {
  const before = await openRuntime();
  for (let first = 0; first < FILES; first += WRITERS) {
    const some = Array.from({ length: WRITERS }, (_, index) => `/many/file ${first + index}`);
    await Promise.all(some.map((path) => before.files.write(path, path)));
  }
  await before.close();
  const reloads: number[] = [];
  const starts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    await (await openRuntime({})).close();
    const middle = performance.now();
    const runtime = await openRuntime();
    const { length } = await runtime.files.list("/many");
    reloads.push(performance.now() - middle);
    starts.push(middle - begin);
    await runtime.close();
    if (length !== FILES) throw new Error(`Of ${FILES} files only ${length} were there again`);
  }
  return { reloadMs: median(reloads), startMs: median(starts) };
}
