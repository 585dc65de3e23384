import type { Question, Row } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";
import { fetchBytes } from "./kernelCase.ts";
import { numberAfter, runBytes } from "./runGuest.ts";
import { PATIENCE_MS, PEERS, type PeerName, runByPeer } from "./wasiPeers.ts";

type Library = PeerName | "lunatic-web";
interface Figure {
  readonly name: string;
  readonly what: string;
  /** Argument of guests/rust/load/file_speed.rs. */
  readonly count: number;
  /** What the time is divided by, for people. */
  readonly per: { readonly unit: string; readonly operations: number };
  /** Most microseconds per operation that this project allows itself. */
  readonly targetUs?: number;
}
type Case = { readonly figure: string };
/** Microseconds per operation; -1: the library cannot run the program. */
type Raw = { readonly [library: string]: number };

const LIBRARIES: readonly Library[] = ["lunatic-web", ...PEERS];
const WARM_UPS = 2;
const MEBIBYTES = 64;

const FIGURES: readonly Figure[] = [
  {
    name: "small",
    what: "1,000 files of 1 KB made, written, read back",
    count: 1_000,
    per: { unit: "file", operations: 1_000 },
  },
  {
    name: "sequential",
    what: "64 MiB written and read by 64 KiB",
    count: MEBIBYTES,
    per: { unit: "MiB", operations: MEBIBYTES },
  },
  {
    name: "random_read",
    what: "4 KB read at random places, cached",
    count: 20_000,
    per: { unit: "read", operations: 20_000 },
    targetUs: 3,
  },
  {
    name: "random_write",
    what: "4 KB written at random places, cached",
    count: 20_000,
    per: { unit: "write", operations: 20_000 },
    targetUs: 3,
  },
];

export const files: Question<Case, Raw> = {
  name: "files",
  asks: "What do files in memory cost a guest, beside other WASI libraries?",

  async cases() {
    return FIGURES.map(({ name }) => ({ figure: name }));
  },

  async run(one, round) {
    const { name, count, per } = figureOf(one);
    const bytes = await fetchBytes("guests/rust/prebuilt/file_speed.wasm");
    const args = [name, String(count)];
    const raw: Record<string, number> = {};
    for (let i = 0; i < LIBRARIES.length; i++) {
      const library = LIBRARIES[(i + round) % LIBRARIES.length]!;
      const stdout =
        library === "lunatic-web"
          ? await runBytes("file_speed", bytes, args, { warmUps: WARM_UPS })
          : (await runByPeer({ peer: library, bytes, args, warmUps: WARM_UPS })).stdout;
      raw[library] = stdout === "" ? -1 : numberAfter("elapsed_us", stdout) / per.operations;
    }
    return raw;
  },

  validate(_, raw) {
    const own = raw["lunatic-web"]!;
    const strange = Object.entries(raw).filter(([, us]) => us !== -1 && !(us > 0));
    return [
      ...(own > 0 ? [] : ["Our own run told no time"]),
      ...strange.map(([library]) => `${library} told no time`),
    ];
  },

  rows(samples) {
    return FIGURES.flatMap((figure): Row[] => {
      const own = samples.filter((sample) => sample.case.figure === figure.name).map(({ raw }) => raw);
      if (own.length === 0) return [];
      const us = own.map((raw) => raw["lunatic-web"]!);
      const target = figure.targetUs;
      return [
        {
          what: figure.what,
          value: `${median(us).toFixed(2)} µs a ${figure.per.unit}`,
          detail: `± ${spread(us).toFixed(2)} over pages`,
          ...(target === undefined
            ? {}
            : { target: { text: `at most ${target} µs`, met: median(us) <= target } }),
        },
        ...PEERS.map((peer): Row => {
          const able = own.filter((raw) => raw[peer]! > 0);
          const what = `${figure.what}, ${peer} ÷ lunatic-web`;
          if (able.length === 0)
            return {
              what,
              value: "cannot",
              detail: `it does not run the program to its end in ${PATIENCE_MS / 1_000} s`,
            };
          const ratios = able.map((raw) => raw[peer]! / raw["lunatic-web"]!);
          return {
            what,
            value: median(ratios).toFixed(2),
            detail: `± ${spread(ratios).toFixed(2)} over pages`,
            target: { text: "above 1", met: median(ratios) > 1 },
          };
        }),
      ];
    });
  },
};

function figureOf({ figure }: Case): Figure {
  const found = FIGURES.find(({ name }) => name === figure);
  if (found === undefined) throw new Error(`The bench knows no figure ${figure} of file_speed.rs`);
  return found;
}
