import * as monaco from "monaco-editor/editor";
import { typescriptDefaults } from "monaco-editor/languages/features/typescript/register";
import { declarationsPath } from "./declarationsPath.ts";

/** Tells the language service what the compiler adds to the files of one project. */
export interface GeneratedMembers {
  /** @param declarations by path: all there are now */
  update(declarations: ReadonlyMap<string, string>): void;
  dispose(): void;
}

export function createGeneratedMembers(): GeneratedMembers {
  const known = new Map<string, { readonly text: string; readonly lib: monaco.IDisposable }>();
  function update(declarations: ReadonlyMap<string, string>): void {
    for (const [path, { lib }] of known) {
      if (declarations.has(path)) continue;
      lib.dispose();
      known.delete(path);
    }
    for (const [path, text] of declarations) {
      // Of a text that it has already, Monaco gives out something that removes nothing.
      if (known.get(path)?.text === text) continue;
      // As extra libraries, because these are there again in a worker that Monaco starts anew.
      const lib = typescriptDefaults.addExtraLib(text, declarationsPath(uriOf(path).toString()));
      known.set(path, { text, lib });
    }
  }
  return { update, dispose: () => update(new Map()) };
}

/** The URI of the model of a file. @param path in the project */
export function uriOf(path: string): monaco.Uri {
  return monaco.Uri.from({ scheme: "file", path: `/${path}` });
}
