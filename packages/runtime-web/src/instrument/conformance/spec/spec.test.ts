import { afterAll, describe, expect, test } from "vitest";
import { DEVIATIONS, UNSUPPORTED } from "./expectations.ts";
import { judgeScript, refusals, unexpectedDeviations, type Verdict } from "./judge.ts";
import { readCorpus } from "./readCorpus.ts";

const corpus = readCorpus();
const modules = corpus.modules.map((base64) => new Uint8Array(Buffer.from(base64, "base64")));
const verdicts: Verdict[] = [];

describe(`WebAssembly test suite (${corpus.source})`, () => {
  test.each(corpus.scripts)("$name holds on instrumented modules as on the originals", (script) => {
    const verdict = judgeScript(script, modules);
    verdicts.push(verdict);
    expect(unexpectedDeviations(script, verdict)).toEqual([]);
  });

  test("the modules refused as unsupported are those listed, and as many", () => {
    const found = corpus.scripts.flatMap((script) => refusals(script, modules));
    const rowsOf = (finding: string) => UNSUPPORTED.filter((row) => row.finding.test(finding));
    const unlisted = found.filter(({ finding }) => rowsOf(finding).length !== 1);
    expect(unlisted.map(({ message }) => message)).toEqual([]);
    const counts = UNSUPPORTED.map((row) => found.filter(({ finding }) => row.finding.test(finding)).length);
    expect(counts).toEqual(UNSUPPORTED.map((row) => row.modules));
  });

  test("every script with listed deviations is one of the suite's", () => {
    const names = corpus.scripts.map(({ name }) => name);
    expect(DEVIATIONS.filter(({ script }) => !names.includes(script))).toEqual([]);
  });

  afterAll(() => {
    const sum = (count: (verdict: Verdict) => number) => verdicts.reduce((total, v) => total + count(v), 0);
    console.log(
      `${corpus.scripts.length} scripts: ${sum((v) => v.held)} commands hold on both, ` +
        `${sum((v) => v.deviations.length)} deviate, ${sum((v) => v.refused)} need a module that is refused, ` +
        `${sum((v) => v.notInEngine)} are not in this engine`,
    );
  });
});
