/** A file of a program that stands in the page: `<script type="text/lunatic" data-file="main.ts">`. */
export interface InlineFile {
  readonly path: string;
  readonly text: string;
}

/** What is read of a script element. */
export interface InlineScript {
  readonly type: string;
  readonly textContent: string | null;
  readonly dataset: Readonly<Record<string, string | undefined>>;
}

const SCRIPT_TYPE = "text/lunatic";

/** The files that stand in an element's children, the one that begins the program first. */
export function readInlineFiles(scripts: Iterable<InlineScript>): InlineFile[] {
  return [...scripts]
    .filter(({ type }) => type === SCRIPT_TYPE)
    .map(({ textContent, dataset }) => ({
      path: dataset.file ?? "main.ts",
      text: unindent(textContent ?? ""),
    }));
}

/** Takes away the indentation that all lines have in the HTML around, and the lines with nothing but it at the ends. */
export function unindent(text: string): string {
  const lines = text
    .replace(/^\s*\n/, "")
    .trimEnd()
    .split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  return `${lines.map((line) => line.slice(common).trimEnd()).join("\n")}\n`;
}
