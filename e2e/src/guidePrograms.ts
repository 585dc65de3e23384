import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface GuideProgram {
  /** Where it begins in the guide. */
  readonly line: number;
  readonly code: string;
  /** What the guide says that it prints: the block of `text` right behind it. */
  readonly output: string | undefined;
  /** What the guide says that a command shows of it: the block of `console` behind that. */
  readonly session: string | undefined;
}

const PROGRAM = /^```ts\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```\n)?/gm;
const SESSION = /^```console\n([\s\S]*?)^```\n/m;

/** The programs of the guide for those who come from TypeScript, docs/sdk/fromTypeScript.md. */
export function readGuidePrograms(): GuideProgram[] {
  const guide = readFileSync(join(import.meta.dirname, "../../docs/sdk/fromTypeScript.md"), "utf8");
  const matches = [...guide.matchAll(PROGRAM)];
  return matches.map((match, index) => ({
    line: guide.slice(0, match.index).split("\n").length + 1,
    code: match[1]!,
    output: match[2],
    session: SESSION.exec(guide.slice(match.index + match[0].length, matches[index + 1]?.index))?.[1],
  }));
}
