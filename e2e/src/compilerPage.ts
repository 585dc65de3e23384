import type { CompileRequest, CompileResult, Compiler, CompilerOptions } from "@lunatic-web/sdk";
import { buildPage, scriptPage } from "./buildPage.ts";

/**
 * Builds a page with the compiler and the runtime, for a spec to drive through `globalThis.workshop`.
 * @returns the folder with the built site
 */
export function buildCompilerPage(): Promise<string> {
  return buildPage("compiler", { "index.html": HTML, "main.ts": SCRIPT });
}

/** What a function that a spec evaluates finds on the page. */
export interface CompilerPage {
  workshop: {
    createCompiler(options?: CompilerOptions): Compiler;
    compiler: Compiler;
    request(text: string): CompileRequest;
    /**
     * Runs what was compiled to its end and gives back what it wrote to stdout.
     * Rejects when its first process fails.
     * @param executors 1 unless given
     */
    run(result: CompileResult, executors?: number): Promise<string>;
  };
}

/** A program whose compile instantiates two to the power of forty functions. */
export const ENDLESS_PROGRAM = [
  "class A<T> {}",
  "class B<T> {}",
  ...Array.from(
    { length: 40 },
    (_, level) => `function f${level}<T>(): void { f${level + 1}<A<T>>(); f${level + 1}<B<T>>(); }`,
  ),
  "function f40<T>(): void {}",
  "export function main(): void { f0<i32>(); }",
].join("\n");

const HTML = scriptPage("The compiler");

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";
import { createCompiler } from "@lunatic-web/sdk";

async function run({ wasm }, executors = 1) {
  const runtime = await createRuntime({ executors, moduleCache: "none" });
  try {
    const module = await runtime.compile(wasm, { name: "main.wasm" });
    let output = "";
    const environment = await runtime.run(module, {
      onOutput: ({ stream, text }) => {
        if (stream === "stdout") output += text;
      },
    });
    const { reason, cause } = await environment.exited;
    if (reason !== "normal") throw new Error("failed (" + cause.type + ") after printing " + output);
    return output;
  } finally {
    await runtime.close();
  }
}

globalThis.workshop = {
  createCompiler,
  compiler: undefined,
  request: (text) => ({ files: new Map([["main.ts", text]]), entry: "main.ts" }),
  run,
};
document.documentElement.dataset.ready = "";
`;
