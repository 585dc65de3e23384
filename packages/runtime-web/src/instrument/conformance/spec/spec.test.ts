import { afterAll, describe, expect, test } from "vitest";
import { UNSUPPORTED } from "./expectations.ts";
import { judgeScript, unexpected, type Verdict } from "./judge.ts";
import { readCorpus } from "./readCorpus.ts";

const corpus = readCorpus();
const modules = corpus.modules.map((base64) => new Uint8Array(Buffer.from(base64, "base64")));
const verdicts: Verdict[] = [];

describe(`WebAssembly test suite (${corpus.source})`, () => {
  test.each(corpus.scripts)("$name holds on instrumented modules as on the originals", (script) => {
    const verdict = judgeScript(script, modules);
    verdicts.push(verdict);
    expect(unexpected(script, verdict)).toEqual([]);
  });

  test("every row of the list of refused modules still refuses some", () => {
    const idle = UNSUPPORTED.filter(
      (row) =>
        !corpus.scripts.some((script, index) => {
          if (!row.scripts.test(script.name)) return false;
          return verdicts[index]?.unsupported.some(({ text }) => text.includes(row.finding));
        }),
    );
    expect(idle).toEqual([]);
  });

  afterAll(() => {
    const sum = (count: (verdict: Verdict) => number) => verdicts.reduce((total, v) => total + count(v), 0);
    console.log(
      `${corpus.scripts.length} scripts: ${sum((v) => v.held)} commands hold on both, ` +
        `${sum((v) => v.deviations.length)} deviate, ${sum((v) => v.unsupported.length)} modules are refused ` +
        `(${sum((v) => v.withoutModule)} commands need them), ${sum((v) => v.notInEngine)} are not in this engine`,
    );
  });
});
