import assemblyScriptTypes from "assemblyscript/std/assembly/index.d.ts?raw";
import { adapt } from "./adaptations.ts";
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
 * AssemblyScript's types, the framework's decorators, and the framework's sources: these are read nearly as they are, so that
 * completion and hover show their comments and "go to definition" leads to the code.
 */
export function editorLibraries(): readonly EditorLibrary[] {
  return [
    { path: "/lunatic-types/assemblyscript.d.ts", text: adapt("assemblyscript.d.ts", assemblyScriptTypes) },
    { path: "/lunatic-types/decorators.d.ts", text: DECORATORS },
    ...Object.entries(SOURCES).map(([path, text]) => {
      const file = path.replace("../assembly/", "");
      return { path: `${FRAMEWORK_FOLDER}/${file}`, text: adapt(file, text) };
    }),
  ];
}
