import { QUESTIONS } from "../questions/index.ts";
import type { Json } from "../src/question.ts";

/** What Node asks a fresh page: one case of one question. */
export interface MeasureRequest {
  readonly question: string;
  readonly case: Json;
  readonly round: number;
}

declare global {
  /** Set by the module script, which runs before the page's load event. */
  var measure: (request: MeasureRequest) => Promise<Json>;
}

globalThis.measure = async ({ question, case: one, round }) => {
  const asked = QUESTIONS.find(({ name }) => name === question);
  if (asked === undefined) throw new Error(`No bench answers the question "${question}"`);
  return asked.run(one, round);
};
