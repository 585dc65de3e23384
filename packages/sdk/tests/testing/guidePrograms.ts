export interface GuideProgram {
  /** Where it begins in the guide. */
  readonly line: number;
  readonly code: string;
}

/** The programs of a guide: its blocks of `ts`. What they print is for e2e/specs/sdkGuide.spec.ts. */
export function guidePrograms(text: string): GuideProgram[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length + 1,
    code: match[1]!,
  }));
}
