/// <reference lib="dom" />
import { engineFeatures, featuresOf, trySeed } from "../fuzz/campaign.ts";
import type { Corpus } from "../spec/corpus.ts";
import { judgeScript, unexpectedDeviations } from "../spec/judge.ts";

/** A part of the work: some scripts of the suite, or some seeds. */
export type ConformanceRequest =
  | { readonly what: "suite"; readonly corpusUrl: string }
  | { readonly what: "fuzz"; readonly firstSeed: number; readonly seeds: number };

/** What came of it. `unexpected` is empty when all is well. */
export type ConformanceReport = {
  readonly held: number;
  readonly notInEngine: number;
  readonly refused: number;
  readonly deviations: number;
  readonly unexpected: readonly string[];
};

declare global {
  /** Set before the page's load event. */
  var measure: (request: ConformanceRequest) => Promise<ConformanceReport>;
}

globalThis.measure = (request) =>
  request.what === "suite" ? runSuite(request.corpusUrl) : runFuzz(request.firstSeed, request.seeds);

async function runSuite(corpusUrl: string): Promise<ConformanceReport> {
  const response = await fetch(corpusUrl);
  if (!response.ok) throw new Error(`Cannot load the corpus: ${response.status}`);
  const corpus = (await response.json()) as Corpus;
  const modules = corpus.modules.map((base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  const total = { held: 0, notInEngine: 0, refused: 0, deviations: 0 };
  const unexpected: string[] = [];
  for (const script of corpus.scripts) {
    const verdict = judgeScript(script, modules);
    total.held += verdict.held;
    total.notInEngine += verdict.notInEngine;
    total.refused += verdict.refused;
    total.deviations += verdict.deviations.length;
    unexpected.push(...unexpectedDeviations(script, verdict).map((text) => `${script.name}: ${text}`));
    // The collector gets a turn: thousands of memories are garbage by now, and engines bear few.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { ...total, unexpected };
}

async function runFuzz(firstSeed: number, seeds: number): Promise<ConformanceReport> {
  const engine = engineFeatures();
  const unexpected: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const failure = trySeed(seed, featuresOf(seed, engine));
    if (failure !== undefined) {
      const hex = Array.from(failure.module, (byte) => byte.toString(16).padStart(2, "0")).join("");
      unexpected.push(`seed ${seed} (${failure.features.exceptions}): ${failure.difference}; ${hex}`);
    }
    if (seed % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return { held: seeds - unexpected.length, notInEngine: 0, refused: 0, deviations: 0, unexpected };
}
