import assemblyScriptTypes from "assemblyscript/std/assembly/index.d.ts?raw";
import { DECORATORS } from "./decorators.ts";

/** A file that an editor's language service knows beside the author's. */
export interface EditorLibrary {
  /** Absolute, with forward slashes; in a URI it follows `file://`. */
  readonly path: string;
  readonly text: string;
}

const SOURCES = import.meta.glob<string>("../assembly/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Where the framework lies for a language service; `editorOptions` leads "lunatic" there. */
export const FRAMEWORK_FOLDER = "/lunatic-framework";

/**
 * AssemblyScript's types, the framework's decorators, and the framework's sources: these are read as they are, so that
 * completion and hover show their comments and "go to definition" leads to the code.
 */
export function editorLibraries(): readonly EditorLibrary[] {
  return [
    { path: "/lunatic-types/assemblyscript.d.ts", text: adaptTypes(assemblyScriptTypes) },
    { path: "/lunatic-types/decorators.d.ts", text: DECORATORS },
    ...Object.entries(SOURCES).map(([path, text]) => ({
      path: path.replace("../assembly", FRAMEWORK_FOLDER),
      text,
    })),
  ];
}

/**
 * AssemblyScript's own declarations, where they are stricter or looser than its compiler:
 * `bool` there is `boolean | number`, which makes a false error of every bool that a condition or a field needs.
 */
function adaptTypes(text: string): string {
  return text.replace("declare type bool = boolean | number;", "declare type bool = boolean;");
}
