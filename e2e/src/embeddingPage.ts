import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildPage, scriptPage } from "./buildPage.ts";
import type { scenarios } from "./embeddingScenarios.ts";
import type { Json, Page } from "./page.ts";

export type Scenario = keyof typeof scenarios;

/**
 * Builds a page that offers the scenarios of embeddingScenarios.ts as `window.play`.
 * @returns the folder with the built site
 */
export function buildEmbeddingPage(): Promise<string> {
  return buildPage("embedding", {
    "index.html": PAGE,
    "main.ts": SCRIPT,
    "scenarios.ts": readFileSync(join(import.meta.dirname, "embeddingScenarios.ts")),
  });
}

/** Plays a scenario in a page that has been opened. */
export function play(page: Page, scenario: Scenario, wasm: Uint8Array, executors: number): Promise<Json> {
  return page.evaluate(callPlay, scenario, Buffer.from(wasm).toString("base64"), executors);
}

function callPlay(scenario: string, base64: string, executors: number): Promise<Json> {
  const page = globalThis as unknown as {
    play: (scenario: string, base64: string, executors: number) => Promise<Json>;
  };
  return page.play(scenario, base64, executors);
}

const PAGE = scriptPage("An embedding page");

const SCRIPT = `
import { play } from "./scenarios.ts";
globalThis.play = play;
document.documentElement.dataset.ready = "";
`;
