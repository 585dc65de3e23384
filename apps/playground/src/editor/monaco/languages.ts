import "monaco-editor/languages/definitions/markdown/register";
import "monaco-editor/languages/definitions/rust/register";
import "monaco-editor/languages/definitions/typescript/register";
import { editorLibraries } from "@lunatic-web/sdk/editor";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import * as typescript from "monaco-editor/languages/features/typescript/register";
import { programOptions } from "./programOptions.ts";
import ProgramWorker from "./typescript.worker.ts?worker";

/** Tells Monaco where its workers are and what language the programs are in. */
export function setUpLanguages(): void {
  globalThis.MonacoEnvironment = {
    getWorker: (_id, label) => (label === "typescript" ? new ProgramWorker() : new EditorWorker()),
  };
  const { typescriptDefaults } = typescript;
  typescriptDefaults.setCompilerOptions(programOptions(typescript));
  for (const { path, text } of editorLibraries()) typescriptDefaults.addExtraLib(text, `file://${path}`);
  // TypeScript completes and explains; what is wrong is told by the compiler that makes the module, whose language
  // is another one in many details.
  typescriptDefaults.setDiagnosticsOptions({
    noSemanticValidation: true,
    noSyntaxValidation: true,
    noSuggestionDiagnostics: true,
  });
  typescriptDefaults.setEagerModelSync(true);
}

/** @returns Monaco's name of the language of a file */
export function languageOf(path: string): string {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return LANGUAGES[ending] ?? "plaintext";
}

const LANGUAGES: Readonly<Record<string, string>> = { ts: "typescript", rs: "rust", md: "markdown" };
