import type { SourcePlace } from "@lunatic-web/sdk/trace";

/** A stretch of a line; one with a place leads there. */
export interface LinkedText {
  readonly text: string;
  readonly place?: SourcePlace;
}

/** "main.ts:3:5", "src/worker.ts:12". Paths of the framework begin with a tilde and are nobody's to edit. */
const PLACE = /(?<![\w~./-])((?:[\w.-]+\/)*[\w.-]+\.ts):(\d{1,7})(?::(\d{1,7}))?/g;

/** Cuts a text at the places of a project that it names. */
export function linkPlaces(text: string): LinkedText[] {
  // Most lines name none.
  if (!text.includes(".ts:")) return [{ text }];
  const parts: LinkedText[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACE)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    const place = { file: match[1]!, line: Number(match[2]), column: Number(match[3] ?? 1) };
    parts.push({ text: match[0], place });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
