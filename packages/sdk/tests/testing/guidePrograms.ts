export interface GuideProgram {
  /** Where it begins in the guide. */
  readonly line: number;
  readonly code: string;
  /** What it prints. */
  readonly output: string;
}

/** The programs of a guide: blocks of `ts`, each with a block of `text` behind it. */
export function guidePrograms(text: string): GuideProgram[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```/gm)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length + 1,
    code: match[1]!,
    output: match[2]!,
  }));
}
