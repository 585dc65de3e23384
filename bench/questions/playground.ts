import { BYTES_SENT, PLAYGROUND_PATH, type Question } from "../src/question.ts";
import { median, spread } from "../src/statistics.ts";

type Case = {
  readonly name: string;
  /** Of the page's address. */
  readonly hash: string;
  /** A file of a project that has no prebuilt module; empty: the hash names a program of the page. */
  readonly source: string;
};
/** Milliseconds since the navigation, and bytes. */
type Visit = {
  readonly firstPaintMs: number;
  readonly runnableMs: number;
  readonly outputMs: number;
  /** Bodies of everything that was sent until then, gzipped. */
  readonly bytes: number;
};
type Raw = { readonly visits: readonly Visit[] };

const VISITS = 3;
const TARGET_MS = 2_000;
const PATIENCE_MS = 60_000;

export const playground: Question<Case, Raw> = {
  name: "playground",
  asks: "How long after a visit's start does a program of the playground print, at the first visit and later?",
  needsPlayground: true,

  async cases(repository) {
    const source = await repository.readText("guests/as/examples/hello/main.ts");
    return [
      { name: "a Rust example", hash: "#program=hello", source: "" },
      { name: "a TypeScript example", hash: "#program=ts-hello", source: "" },
      { name: "a TypeScript program that is compiled", hash: "", source },
    ];
  },

  async run({ hash, source }) {
    const visits: Visit[] = [];
    const address = source === "" ? hash : await linkOf(source);
    for (let index = 0; index < VISITS; index++) visits.push(await visit(address));
    return { visits };
  },

  validate({ name }, { visits }) {
    const first = visits[0]!;
    return first.bytes > 100_000 ? [] : [`${name}: the first visit got only ${first.bytes} bytes`];
  },

  rows(samples) {
    const names = [...new Set(samples.map((sample) => sample.case.name))];
    return names.flatMap((name) => {
      const own = samples.filter((sample) => sample.case.name === name);
      const first = own.map(({ raw }) => raw.visits[0]!);
      const later = own.flatMap(({ raw }) => raw.visits.slice(1));
      return [
        row(`navigation to the first output of ${name}, first visit`, first),
        {
          ...row(`navigation to the first output of ${name}, later visits`, later),
          target: {
            text: `within ${TARGET_MS} ms`,
            met: median(later.map((one) => one.outputMs)) <= TARGET_MS,
          },
        },
      ];
    });
  },
};

function row(what: string, visits: readonly Visit[]) {
  const at = (key: keyof Visit): number => median(visits.map((visit) => visit[key]));
  const outputs = visits.map(({ outputMs }) => outputMs);
  return {
    what,
    value: `${at("outputMs").toFixed(0)} ms`,
    detail: `± ${spread(outputs).toFixed(0)}; first paint ${at("firstPaintMs").toFixed(0)}, can run ${at("runnableMs").toFixed(0)}; ${(at("bytes") / 1e3).toFixed(0)} kB sent (gzip)`,
  };
}

/** Loads the playground in a frame, runs its program as soon as that can be, and waits for the first line. */
async function visit(hash: string): Promise<Visit> {
  await fetch(PLAYGROUND_PATH + BYTES_SENT);
  const frame = document.createElement("iframe");
  frame.style.cssText = "position: fixed; inset: 0; width: 1360px; height: 860px; border: 0";
  frame.src = PLAYGROUND_PATH + hash;
  const startMs = performance.now();
  document.body.append(frame);
  const find = <T extends HTMLElement>(selector: string) => frame.contentDocument?.querySelector<T>(selector);
  const runButton = await until("the program can be run", () => {
    const button = find<HTMLButtonElement>('[data-testid="run"]');
    return button && !button.disabled ? button : undefined;
  });
  const runnableMs = performance.now() - startMs;
  runButton.click();
  await until("the program prints", () => find('[data-testid="console-line"][data-stream="stdout"]'));
  const outputMs = performance.now() - startMs;
  const bytes = Number(await (await fetch(PLAYGROUND_PATH + BYTES_SENT)).text());
  const paints = frame.contentWindow!.performance.getEntriesByType("paint");
  const firstPaintMs = paints.find(({ name }) => name === "first-contentful-paint")?.startTime ?? runnableMs;
  frame.remove();
  return { firstPaintMs, runnableMs, outputMs, bytes };
}

/** A link of the playground with a project of one file, which nobody has compiled before. */
async function linkOf(source: string): Promise<string> {
  const content = { title: "measured", args: [], entry: "main.ts", files: [["main.ts", source]] };
  const stream = new Blob([JSON.stringify(content)])
    .stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const base64 = btoa(String.fromCharCode(...packed));
  return `#project=1.${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** @throws Error when it does not come in time */
async function until<T>(what: string, look: () => T | undefined | null): Promise<T> {
  const began = performance.now();
  for (let found = look(); ; found = look()) {
    if (found !== undefined && found !== null) return found;
    if (performance.now() - began > PATIENCE_MS) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}
