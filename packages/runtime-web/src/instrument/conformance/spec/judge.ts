import { InstrumentError } from "../../index.ts";
import type { Script } from "./corpus.ts";
import { instrumentedEngine, originalEngine, tryInstrument } from "./engine.ts";
import { DEVIATIONS } from "./expectations.ts";
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
  /** Commands on modules that the instrumenter refuses, and the instantiations themselves. */
  readonly refused: number;
  /** Commands that hold on the original and not on the instrumented modules. */
  readonly deviations: readonly Finding[];
  /** Lines of the commands that hold on both. */
  readonly heldLines: ReadonlySet<number>;
}

/** Runs one script both ways and compares command by command. */
export function judgeScript(script: Script, modules: readonly Uint8Array<ArrayBuffer>[]): Verdict {
  const original = runScript(script, modules, originalEngine);
  const instrumented = runScript(script, modules, instrumentedEngine);
  const deviations: Finding[] = [];
  const heldLines = new Set<number>();
  const counts = { held: 0, notInEngine: 0, refused: 0 };
  script.commands.forEach(({ line }, index) => {
    const outcome = instrumented[index];
    if (original[index]?.kind !== "held") counts.notInEngine++;
    else if (outcome?.kind === "unsupported" || outcome?.kind === "withoutModule") counts.refused++;
    else if (outcome?.kind === "held") {
      counts.held++;
      heldLines.add(line);
    } else deviations.push({ line, text: outcome?.kind === "broken" ? outcome.reason : "did not run" });
  });
  return { ...counts, deviations, heldLines };
}

/** What in a verdict is not as `expectations.ts` has it: deviations that are not listed, and listed ones that hold. */
export function unexpectedDeviations(script: Script, verdict: Verdict): string[] {
  const listed = DEVIATIONS.filter((row) => row.script === script.name).flatMap(({ lines }) => lines);
  const unlisted = verdict.deviations.filter(({ line }) => !listed.includes(line));
  const obsolete = listed.filter((line) => verdict.heldLines.has(line));
  return [
    ...unlisted.map(({ line, text }) => `line ${line}: ${text}`),
    ...obsolete.map((line) => `line ${line} holds: take it off the list`),
  ];
}

/** The refusals of the script's valid modules, whatever the engine can do. */
export function refusals(script: Script, modules: readonly Uint8Array<ArrayBuffer>[]): InstrumentError[] {
  return script.commands.flatMap((command) => {
    if (!("module" in command) || command.type === "assert_invalid" || command.type === "assert_malformed")
      return [];
    const refusal = tryInstrument(modules[command.module] ?? new Uint8Array());
    return refusal instanceof InstrumentError ? [refusal] : [];
  });
}
