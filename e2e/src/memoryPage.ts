import { buildPage, scriptPage } from "./buildPage.ts";

/** How the children of a round end. */
export type Way = "return" | "panic" | "kill";

/**
 * Builds a page that runs fixtures/guests/spawnRounds.wat and counts what the runtime holds.
 * @returns the folder with the built site
 */
export function buildMemoryPage(): Promise<string> {
  return buildPage("memory", { "index.html": PAGE, "main.ts": SCRIPT });
}

/** What an executor holds; ExecutorCounts of the runtime. */
export interface Held {
  readonly environments: number;
  readonly processes: number;
  readonly timers: number;
  readonly messageBytes: number;
  readonly resourceBytes: number;
  readonly memoryBytes: number;
  readonly usedBytes: number;
  readonly uncleanedBytes: number;
  readonly stacks: number;
  readonly destroyedStacks: number;
}

/** What a function that a spec evaluates finds on the page. */
export interface RoundsPage {
  /** Makes a runtime. @returns how many suspended stacks it may have */
  openRuntime(options: { executors: number }): Promise<number>;
  /** Starts an environment whose root does rounds. */
  begin(base64: string): Promise<void>;
  /** Spawns so many processes and ends them; resolves when all are known to be dead. */
  round(count: number, way: Way): Promise<void>;
  stop(): Promise<void>;
  /** Per executor. */
  held(): Promise<Held[]>;
}

const PAGE = scriptPage("Rounds");

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";

const WAYS = ["return", "panic", "kill"];
let runtime, environment, page;

globalThis.openRuntime = async (options) => {
  runtime = await createRuntime({ moduleCache: "none", ...options });
  return runtime.capabilities.stackBudget;
};
globalThis.begin = async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
  environment = await runtime.run(await runtime.compile(bytes, { name: "rounds" }));
  page = await environment.attach();
};
globalThis.round = async (count, way) => {
  const request = new BigUint64Array([BigInt(count), BigInt(WAYS.indexOf(way)), BigInt(page.pid)]);
  page.send(environment.rootPid, 1, new Uint8Array(request.buffer));
  await page.receive({ tags: [2] });
};
globalThis.stop = () => environment.stop();
globalThis.held = async () => (await runtime.usage()).map(({ counts }) => counts);
document.documentElement.dataset.ready = "";
`;
