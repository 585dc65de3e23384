import { PLAYGROUND_PATH, type Question } from "../src/question.ts";
import { median, quantile, spread } from "../src/statistics.ts";
import { bytesOf } from "./runGuest.ts";

type Case = {
  readonly processes: number;
  /** The module of bench/guests/talkers.wat for so many processes, in base64. */
  readonly module: string;
};
type Raw = {
  /** Between one frame and the next, milliseconds. */
  readonly gapsMs: readonly number[];
  readonly messagesPerSecond: number;
};

/** All processes together. */
const MESSAGES_PER_SECOND = 10_000;
const TARGETS: Readonly<Record<number, number>> = { 100: 55, 1000: 55, 10000: 15 };
const SETTLE_MS = 3_000;
const MEASURE_MS = 5_000;
const PATIENCE_MS = 20_000;

export const liveView: Question<Case, Raw> = {
  name: "liveView",
  asks: "How many frames a second does the playground draw while it watches 10,000 messages a second?",
  needsPlayground: true,

  async cases(repository) {
    const text = await repository.readText("bench/guests/talkers.wat");
    return Promise.all(
      Object.keys(TARGETS).map(async (key) => {
        const processes = Number(key);
        const period = (processes * 1_000) / MESSAGES_PER_SECOND;
        const wat = text
          .replace("(i64.const $PERIOD)", `(i64.const ${period})`)
          .replace("(i64.const $COUNT)", `(i64.const ${processes})`);
        return { processes, module: await repository.assemble(wat) };
      }),
    );
  },

  async run({ processes, module }) {
    const page = await openPlayground();
    dropFile(page, bytesOf(module));
    await until("the dropped program is chosen", () =>
      find<HTMLSelectElement>(page, "program").value.startsWith("own:"),
    );
    find(page, "run").click();
    await until("all processes are alive", () => numberIn(find(page, "alive")) > processes);
    await pause(SETTLE_MS);
    const messages = () => numberIn(find(page, "alive").parentElement!.children[2]!);
    const before = messages();
    const began = performance.now();
    const gapsMs: number[] = [];
    for (let last = began; last - began < MEASURE_MS; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      gapsMs.push(now - last);
      last = now;
    }
    const messagesPerSecond = ((messages() - before) / (performance.now() - began)) * 1_000;
    return { gapsMs, messagesPerSecond };
  },

  validate({ processes }, { messagesPerSecond }) {
    return messagesPerSecond > MESSAGES_PER_SECOND / 4
      ? []
      : [`${processes} processes sent only ${messagesPerSecond.toFixed(0)} messages a second`];
  },

  rows(samples) {
    return Object.entries(TARGETS).flatMap(([key, target]) => {
      const own = samples.filter((sample) => sample.case.processes === Number(key)).map(({ raw }) => raw);
      if (own.length === 0) return [];
      const rates = own.map(
        ({ gapsMs }) => 1_000 / (gapsMs.reduce((sum, gap) => sum + gap, 0) / gapsMs.length),
      );
      const slow = median(own.map(({ gapsMs }) => quantile(gapsMs, 0.95)));
      const sent = median(own.map(({ messagesPerSecond }) => messagesPerSecond));
      return [
        {
          what: `live view, ${key} processes, frames`,
          value: `${median(rates).toFixed(1)} a second`,
          detail: `± ${spread(rates).toFixed(1)} over pages; 95% within ${slow.toFixed(0)} ms; ${sent.toFixed(0)} messages a second seen`,
          target: { text: `at least ${target}`, met: median(rates) >= target },
        },
      ];
    });
  },
};

/** The playground in a frame of this page. */
async function openPlayground(): Promise<Document> {
  const frame = document.createElement("iframe");
  frame.style.cssText = "position: fixed; inset: 0; width: 1360px; height: 860px; border: 0";
  frame.src = PLAYGROUND_PATH;
  document.body.append(frame);
  // Before it offers programs it does not listen to what is dropped.
  const offered = () => frame.contentDocument?.querySelectorAll('[data-testid="program"] option').length ?? 0;
  await until("programs are offered", () => offered() > 0);
  return frame.contentDocument!;
}

function dropFile(page: Document, bytes: Uint8Array<ArrayBuffer>): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], "talkers.wasm", { type: "application/wasm" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    find(page, "drop-zone").dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }),
    );
  }
}

function find<T extends HTMLElement>(page: Document, testId: string): T {
  const found = page.querySelector<T>(`[data-testid="${testId}"]`);
  if (!found) throw new Error(`The playground has no element with the test id ${testId}`);
  return found;
}

/** "12,345 alive" → 12345; "1.23M messages" → 1230000. */
function numberIn({ textContent }: Element): number {
  const [, digits = "", unit = ""] = /([\d.,]+)([KMB]?)/.exec(textContent ?? "") ?? [];
  const factors: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };
  return Number(digits.replaceAll(",", "")) * (factors[unit] ?? 1);
}

/** @throws Error when it does not come true in time */
async function until(what: string, holds: () => boolean): Promise<void> {
  const began = performance.now();
  while (!holds()) {
    if (performance.now() - began > PATIENCE_MS)
      throw new Error(`Waited in vain until ${what}; the page shows: ${shownText()}`);
    await pause(50);
  }
}

/** What a person would read in the frame, errors included. */
function shownText(): string {
  return document.querySelector("iframe")?.contentDocument?.body.innerText ?? "nothing";
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
