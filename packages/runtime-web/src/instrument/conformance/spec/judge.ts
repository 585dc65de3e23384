import type { Script } from "./corpus.ts";
import { instrumentedEngine, originalEngine } from "./engine.ts";
import { DEVIATIONS, UNSUPPORTED } from "./expectations.ts";
import { runScript } from "./runScript.ts";

/** A line of a script, and what was found there. */
export interface Finding {
  readonly line: number;
  readonly text: string;
}

/** What an instrumented run of a script shows against the run of the same script as it is. */
export interface Verdict {
  /** Commands that hold on the original and on the instrumented modules. */
  readonly held: number;
  /** Commands that this engine does not bear out on the original modules: they say nothing about us. */
  readonly notInEngine: number;
  /** Commands on modules that the instrumenter refused before. */
  readonly withoutModule: number;
  /** Modules that the instrumenter refuses as unsupported. */
  readonly unsupported: readonly Finding[];
  /** Commands that hold on the original and not on the instrumented modules. */
  readonly deviations: readonly Finding[];
}

/** Runs one script both ways and compares command by command. */
export function judgeScript(script: Script, modules: readonly Uint8Array<ArrayBuffer>[]): Verdict {
  const original = runScript(script, modules, originalEngine);
  const instrumented = runScript(script, modules, instrumentedEngine);
  const unsupported: Finding[] = [];
  const deviations: Finding[] = [];
  let held = 0;
  let notInEngine = 0;
  let withoutModule = 0;
  script.commands.forEach(({ line }, index) => {
    const outcome = instrumented[index];
    if (outcome?.kind === "unsupported") unsupported.push({ line, text: outcome.finding });
    else if (outcome?.kind === "withoutModule") withoutModule++;
    else if (original[index]?.kind !== "held") notInEngine++;
    else if (outcome?.kind === "held") held++;
    else deviations.push({ line, text: outcome?.kind === "broken" ? outcome.reason : "did not run" });
  });
  return { held, notInEngine, withoutModule, unsupported, deviations };
}

/**
 * Compares a verdict with `expectations.ts`: what is not listed, and what is listed and no longer so. Empty when
 * all is as expected.
 */
export function unexpected(script: Script, verdict: Verdict): string[] {
  const problems: string[] = [];
  const rows = UNSUPPORTED.filter((row) => row.scripts.test(script.name));
  for (const { line, text } of verdict.unsupported) {
    if (!rows.some((row) => text.includes(row.finding))) problems.push(`line ${line}: refused: ${text}`);
  }
  const listed = DEVIATIONS.filter((row) => row.script === script.name);
  for (const { line, text } of verdict.deviations) {
    if (!listed.some((row) => row.line === line)) problems.push(`line ${line}: ${text}`);
  }
  for (const { line, reason } of listed) {
    if (verdict.deviations.some((found) => found.line === line)) continue;
    problems.push(`line ${line} is listed as deviating (${reason}) and holds: take it off the list`);
  }
  return problems;
}
