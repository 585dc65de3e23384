import type { Visit } from "../page/visit.ts";
import type { Question } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";

/** The first visit of a page, and some more to the same one. */
type Raw = { readonly visits: readonly { readonly [Moment in keyof Visit]: Visit[Moment] }[] };

const VISITS = 4;
const TARGET_MS = 150;

export const firstInstruction: Question<null, Raw> = {
  name: "firstInstruction",
  asks: "How long after a page's first script has a small program run, at the first visit and later?",

  async cases(repository) {
    const built = await repository.list("packages/runtime-web/dist").catch(() => []);
    if (built.length === 0) throw new Error("Build the package first: npm run build -w @lunatic-web/runtime");
    return [null];
  },

  async run() {
    const visits: Visit[] = [];
    for (let index = 0; index < VISITS; index++) visits.push(await visit());
    return { visits };
  },

  validate(_, { visits }) {
    return visits.every(({ stdout }) => stdout.includes("hello from process 1"))
      ? []
      : [`the program wrote ${visits.map(({ stdout }) => stdout).join(" and ")}`];
  },

  rows(samples) {
    const first = samples.map(({ raw }) => raw.visits[0]!);
    const later = samples.flatMap(({ raw }) => raw.visits.slice(1));
    return [row("first visit", first), { ...row("later visits", later), target: target(later) }];
  },
};

function row(which: string, visits: readonly Visit[]) {
  const at = (moment: Exclude<keyof Visit, "stdout">): number => median(visits.map((each) => each[moment]));
  const steps = [
    `package loaded ${at("loadedMs").toFixed(0)}`,
    `workers started ${at("startedMs").toFixed(0)}`,
    `module compiled ${at("compiledMs").toFixed(0)}`,
    `root spawned ${at("spawnedMs").toFixed(0)}`,
  ];
  const exits = visits.map(({ exitedMs }) => exitedMs);
  return {
    what: `script to the end of a small Rust program, ${which}`,
    value: `${median(exits).toFixed(0)} ms`,
    detail: `± ${spread(exits).toFixed(0)}; ${steps.join(", ")}`,
  };
}

function target(visits: readonly Visit[]) {
  return {
    text: `first instruction within ${TARGET_MS} ms`,
    met: median(visits.map(({ exitedMs }) => exitedMs)) <= TARGET_MS,
  };
}

/** Loads the page anew in a frame; the browser's caches are those of the visits before. */
function visit(): Promise<Visit> {
  const frame = document.createElement("iframe");
  return new Promise<Visit>((resolve, reject) => {
    addEventListener(
      "message",
      ({ data }: MessageEvent<Visit | string>) => {
        if (typeof data === "string") reject(new Error(data));
        else resolve(data);
      },
      { once: true },
    );
    frame.src = "/bench/page/visit.html";
    document.body.append(frame);
  }).finally(() => frame.remove());
}
