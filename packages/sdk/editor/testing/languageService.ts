import ts from "typescript";
import { declarationsFor } from "../../transform/index.ts";
import { editorLibraries, editorOptions, shownDiagnostics, withDeclarations } from "../index.ts";

/** What an editor shows of one file of a program, by the plain language service of TypeScript. */
export interface Editor {
  /** Errors as `line:column TScode text`. */
  errors(): string[];
  /** Names offered right behind the first occurrence of a text. */
  completions(behind: string): string[];
  /** Signature and comment of what stands at the end of the first occurrence of a text. */
  hover(at: string): string;
  /** Path of the file where what stands there is declared. */
  definition(at: string): string | undefined;
}

const LIBRARIES = new Map(editorLibraries().map(({ path, text }) => [path, text]));

/** Kept between editors: parsing the libraries is most of the work. */
const registry = ts.createDocumentRegistry();

let editors = 0;

export function openEditor(files: Readonly<Record<string, string>>, path = "main.ts"): Editor {
  const opened = ++editors;
  const generated = declarationsFor(Object.entries(files));
  const texts = new Map(LIBRARIES);
  for (const [name, text] of Object.entries(files))
    texts.set(`/${name}`, withDeclarations(text, generated.get(name)));
  const options = editorOptions(ts) as ts.CompilerOptions;
  const service = ts.createLanguageService(
    {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...texts.keys()].filter((name) => !name.startsWith("/lunatic-framework/")),
      getScriptVersion: (name) => (LIBRARIES.has(name) ? "library" : String(opened)),
      getScriptSnapshot: (name) => {
        const text = texts.get(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => "/",
      getDefaultLibFileName: () => "/lunatic-types/assemblyscript.d.ts",
      fileExists: (name) => texts.has(name),
      readFile: (name) => texts.get(name),
    },
    registry,
  );
  const file = `/${path}`;
  const own = files[path]!;
  const endOf = (text: string) => {
    const at = own.indexOf(text);
    if (at === -1) throw new Error(`${path} has no ${JSON.stringify(text)}`);
    return at + text.length;
  };
  return {
    errors: () =>
      shownDiagnostics<ts.Diagnostic>(
        service.getSyntacticDiagnostics(file),
        service.getSemanticDiagnostics(file),
        own.length,
      ).map(({ code, start = 0, messageText }) => {
        const before = own.slice(0, start).split("\n");
        const text = ts.flattenDiagnosticMessageText(messageText, " ");
        return `${before.length}:${before.at(-1)!.length + 1} TS${code} ${text}`;
      }),
    completions: (behind) =>
      service.getCompletionsAtPosition(file, endOf(behind), {})?.entries.map(({ name }) => name) ?? [],
    hover: (at) => {
      const info = service.getQuickInfoAtPosition(file, endOf(at) - 1);
      return `${ts.displayPartsToString(info?.displayParts)} ${ts.displayPartsToString(info?.documentation)}`;
    },
    definition: (at) => service.getDefinitionAtPosition(file, endOf(at) - 1)?.[0]?.fileName,
  };
}
