/** Monaco's worker for TypeScript as a class to extend: the package has no types for it. What is used of it, as of 0.57. */
declare module "monaco-editor/languages/features/typescript/tsWorker" {
  export interface TextSpan {
    readonly start: number;
    readonly length: number;
  }

  export interface DocumentSpan {
    readonly fileName: string;
    readonly textSpan: TextSpan;
  }

  export interface DefinitionInfo extends DocumentSpan {
    readonly name: string;
    readonly containerName: string;
  }

  export interface DocumentHighlights {
    readonly fileName: string;
    readonly highlightSpans: readonly { readonly textSpan: TextSpan }[];
  }

  export interface NavigationTree {
    readonly text: string;
    readonly kind: string;
    readonly nameSpan?: TextSpan;
    readonly spans: readonly TextSpan[];
    readonly childItems?: readonly NavigationTree[];
  }

  export interface QuickInfo {
    readonly displayParts: readonly { readonly text: string }[];
    readonly documentation: readonly { readonly text: string }[];
  }

  export interface TextChange {
    readonly span: TextSpan;
    readonly newText: string;
  }

  export interface Completions {
    readonly entries: readonly { readonly name: string }[];
  }

  export type RenameInfo =
    | { readonly canRename: true }
    | { readonly canRename: false; readonly localizedErrorMessage: string };

  export interface ScriptSnapshot {
    getText(start: number, end: number): string;
    getLength(): number;
    getChangeRange(): undefined;
  }

  /** The text of a model of the page, kept the same as it. */
  export interface MirrorModel {
    readonly uri: { readonly path: string; toString(skipEncoding?: boolean): string };
    readonly version: number;
    getValue(): string;
  }

  export interface WorkerContext {
    getMirrorModels(): readonly MirrorModel[];
  }

  export interface ExtraLibrary {
    readonly content: string;
    readonly version: number;
  }

  export class TypeScriptWorker {
    constructor(context: WorkerContext, createData: unknown);
    getExtraLibs(): Readonly<Record<string, ExtraLibrary>>;
    getQuickInfoAtPosition(fileName: string, position: number): Promise<QuickInfo | undefined>;
    getLanguageService(): {
      getNavigationTree(fileName: string): NavigationTree;
      getDefinitionAtPosition(fileName: string, position: number): readonly DefinitionInfo[] | undefined;
    };
    getScriptFileNames(): string[];
    getScriptVersion(fileName: string): string;
    getScriptSnapshot(fileName: string): ScriptSnapshot | undefined;
    getCompletionsAtPosition(fileName: string, position: number): Promise<Completions | undefined>;
    getDocumentHighlights(
      fileName: string,
      position: number,
      filesToSearch: string[],
    ): Promise<readonly DocumentHighlights[] | undefined>;
    getDefinitionAtPosition(fileName: string, position: number): Promise<readonly DocumentSpan[] | undefined>;
    getReferencesAtPosition(fileName: string, position: number): Promise<readonly DocumentSpan[] | undefined>;
    getNavigationTree(fileName: string): Promise<NavigationTree | undefined>;
    getFormattingEditsForRange(
      fileName: string,
      start: number,
      end: number,
      options: unknown,
    ): Promise<readonly TextChange[]>;
    getFormattingEditsAfterKeystroke(
      fileName: string,
      position: number,
      key: string,
      options: unknown,
    ): Promise<readonly TextChange[]>;
    getRenameInfo(fileName: string, position: number, options: unknown): Promise<RenameInfo>;
    findRenameLocations(
      fileName: string,
      position: number,
      findInStrings: boolean,
      findInComments: boolean,
      providePrefixAndSuffixText: boolean,
    ): Promise<readonly DocumentSpan[] | undefined>;
  }
}

declare module "monaco-editor/languages/features/typescript/ts.worker" {
  import type { TypeScriptWorker, WorkerContext } from "monaco-editor/languages/features/typescript/tsWorker";

  /** At the worker's first message; the next one brings what the language service is created of. */
  export function initialize(create: (context: WorkerContext, createData: unknown) => TypeScriptWorker): void;
}
