/** What stands between two lines "---" at the beginning of a lesson's text. */
export interface FrontMatter {
  readonly title: string;
  readonly description: string;
  readonly panel: string;
  readonly open: string;
  readonly args: readonly string[];
  /** Name of a prebuilt guest in Rust that runs beside the lesson's program. */
  readonly partner: string | undefined;
  readonly partnerArgs: readonly string[];
}

const REQUIRED = ["title", "description", "panel"] as const;
const OPTIONAL = ["open", "args", "partner", "partnerArgs"] as const;
const KEYS: readonly string[] = [...REQUIRED, ...OPTIONAL];

/** A lesson's folder is not as docs/lessons.md says. */
export class LessonFormatError extends Error {
  override readonly name = "LessonFormatError";
}

/**
 * Splits a lesson's text.
 * @param path for messages
 * @returns its fields and the Markdown behind them
 * @throws LessonFormatError
 */
export function readFrontMatter(text: string, path: string): { fields: FrontMatter; markdown: string } {
  const [, head, markdown] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  if (head === undefined || markdown === undefined) {
    throw new LessonFormatError(`${path} does not begin with fields between two lines "---"`);
  }
  const values = new Map<string, string>();
  for (const line of head.split("\n")) {
    const [, key, value] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined || value === "") {
      throw new LessonFormatError(`${path}: "${line}" is no field; one is written "key: value"`);
    }
    if (!KEYS.includes(key)) {
      throw new LessonFormatError(`${path}: there is no field "${key}", but ${KEYS.join(", ")}`);
    }
    values.set(key, value);
  }
  const required = (key: (typeof REQUIRED)[number]): string => {
    const value = values.get(key);
    if (value === undefined) throw new LessonFormatError(`${path}: the field "${key}" is missing`);
    return value;
  };
  const fields = {
    title: required("title"),
    description: required("description"),
    panel: required("panel"),
    open: values.get("open") ?? "main.ts",
    args: words(values.get("args")),
    partner: values.get("partner"),
    partnerArgs: words(values.get("partnerArgs")),
  };
  return { fields, markdown };
}

function words(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(/\s+/);
}
