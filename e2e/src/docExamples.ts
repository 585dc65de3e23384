import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const repository = join(import.meta.dirname, "../..");

export interface DocExample {
  /** File and line, for the name of its test. */
  readonly name: string;
  readonly code: string;
}

/** Every `@example` of the page API's docstrings, and every TypeScript block of docs/embedding.md. */
export function findExamples(): DocExample[] {
  const page = join(repository, "packages/runtime-web/src/page");
  const sources = readdirSync(page).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  return [
    ...sources.flatMap((file) => docstringExamples(join(page, file))),
    ...blocks(join(repository, "docs/embedding.md")),
  ];
}

function docstringExamples(path: string): DocExample[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/^ *\* @example\n((?: *\*(?!\/).*\n)+)/gm)].map((match) => ({
    name: placeOf(path, text, match.index),
    code: match[1]!.replace(/^ *\* ?/gm, ""),
  }));
}

function blocks(path: string): DocExample[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => ({
    name: placeOf(path, text, match.index),
    code: match[1]!,
  }));
}

function placeOf(path: string, text: string, index: number): string {
  const line = text.slice(0, index).split("\n").length;
  return `${relative(repository, path)}:${line}`;
}

/** A line that says behind it what it prints. */
const ANNOUNCED_LOG = /console\.log\((.*)\); \/\/ (.+)$/gm;

/**
 * The examples as one module: a function each, by its name. In scope are `runtime`, `module` and `environment` as
 * the guide introduces them. What a line announces to print is compared with what it prints.
 */
export function examplesModule(examples: readonly DocExample[]): string {
  const imports = new Set<string>();
  const functions = examples.map(({ name, code }) => {
    const body = code
      .replace(/^import .*\n/gm, (statement) => {
        imports.add(statement);
        return "";
      })
      .replace(
        ANNOUNCED_LOG,
        (_, values: string, text: string) => `logs(${JSON.stringify(text)}, ${values});`,
      );
    return `  ${JSON.stringify(name)}: async ({ runtime, module, environment }: Stage) => {
    void [runtime, module, environment];
    {
${body}
    }
  },`;
  });
  return `${[...imports].join("")}
import type { LunaticModule, RunningEnvironment, Runtime } from "@lunatic-web/runtime";

export interface Stage {
  readonly runtime: Runtime;
  readonly module: LunaticModule;
  readonly environment: RunningEnvironment;
}

/** @throws {Error} the values print as something else than the text */
function logs(text: string, ...values: readonly unknown[]): void {
  const printed = values.map(String).join(" ");
  if (printed !== text) throw new Error("printed " + printed + ", but the example says " + text);
}

export const examples: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
${functions.join("\n")}
};
`;
}
