/**
 * Monaco's worker for TypeScript, which sees behind the author's text of each file what the compiler adds to it: members
 * of his classes have to be declared in the same file to be theirs. Whatever lies there is not in the page's model, so no
 * answer may lead to it.
 */
import { withDeclarations } from "@lunatic-web/sdk/editor";
import {
  type Completions,
  type DefinitionInfo,
  type DocumentHighlights,
  type DocumentSpan,
  type ExtraLibrary,
  type MirrorModel,
  type NavigationTree,
  type RenameInfo,
  type ScriptSnapshot,
  type TextChange,
  TypeScriptWorker,
  type WorkerContext,
} from "monaco-editor/languages/features/typescript/tsWorker";
import { declarationsPath, isDeclarationsPath } from "./declarationsPath.ts";

/** What the names begin with that the framework and its declarations have for themselves. */
const INTERNAL = "__";

export class ProgramWorker extends TypeScriptWorker {
  readonly #context: WorkerContext;
  readonly #numbers = new WeakMap<MirrorModel, number>();
  #modelCount = 0;

  constructor(context: WorkerContext, createData: unknown) {
    super(context, createData);
    this.#context = context;
  }

  override getScriptFileNames(): string[] {
    return super.getScriptFileNames().filter((name) => !isDeclarationsPath(name));
  }

  override getScriptVersion(fileName: string): string {
    const version = super.getScriptVersion(fileName);
    const model = this.#context
      .getMirrorModels()
      .find(({ uri }) => uri.toString() === fileName || uri.toString(true) === fileName);
    if (!model) return version;
    // Each project has a main.ts, and the versions of each begin at 1: the model's own number tells them apart.
    return `${this.#numberOf(model)}.${version}.${this.#declarationsOf(fileName)?.version ?? 0}`;
  }

  override getScriptSnapshot(fileName: string): ScriptSnapshot | undefined {
    const own = super.getScriptSnapshot(fileName);
    const declarations = this.#declarationsOf(fileName);
    if (!own || !declarations) return own;
    const text = withDeclarations(own.getText(0, own.getLength()), declarations.content);
    return {
      getText: (start, end) => text.substring(start, end),
      getLength: () => text.length,
      getChangeRange: () => undefined,
    };
  }

  override async getCompletionsAtPosition(
    fileName: string,
    position: number,
  ): Promise<Completions | undefined> {
    const found = await super.getCompletionsAtPosition(fileName, position);
    return found && { ...found, entries: found.entries.filter(({ name }) => !name.startsWith(INTERNAL)) };
  }

  override async getDocumentHighlights(
    fileName: string,
    position: number,
    filesToSearch: string[],
  ): Promise<readonly DocumentHighlights[] | undefined> {
    const found = await super.getDocumentHighlights(fileName, position, filesToSearch);
    return found?.map((one) => ({
      ...one,
      highlightSpans: one.highlightSpans.filter(
        ({ textSpan }) => !this.#isGenerated({ fileName: one.fileName, textSpan }),
      ),
    }));
  }

  override async getDefinitionAtPosition(
    fileName: string,
    position: number,
  ): Promise<readonly DocumentSpan[] | undefined> {
    const found = this.getLanguageService().getDefinitionAtPosition(fileName, position);
    const own = found?.filter((one) => !this.#isGenerated(one)) ?? [];
    return own.length > 0 ? own : found?.flatMap((one) => this.#originOf(one) ?? []);
  }

  override async getReferencesAtPosition(
    fileName: string,
    position: number,
  ): Promise<readonly DocumentSpan[] | undefined> {
    const found = await super.getReferencesAtPosition(fileName, position);
    return found?.filter((one) => !this.#isGenerated(one));
  }

  override async getNavigationTree(fileName: string): Promise<NavigationTree | undefined> {
    const tree = await super.getNavigationTree(fileName);
    return tree && this.#ownPartOf(tree, fileName);
  }

  override async getFormattingEditsForRange(
    fileName: string,
    start: number,
    end: number,
    options: unknown,
  ): Promise<readonly TextChange[]> {
    const edits = await super.getFormattingEditsForRange(fileName, start, end, options);
    return this.#within(fileName, edits);
  }

  override async getFormattingEditsAfterKeystroke(
    fileName: string,
    position: number,
    key: string,
    options: unknown,
  ): Promise<readonly TextChange[]> {
    const edits = await super.getFormattingEditsAfterKeystroke(fileName, position, key, options);
    return this.#within(fileName, edits);
  }

  /** A generated name follows from another one: to rename its uses alone would break the program. */
  override async getRenameInfo(fileName: string, position: number, options: unknown): Promise<RenameInfo> {
    const definitions = this.getLanguageService().getDefinitionAtPosition(fileName, position) ?? [];
    if (definitions.length === 0 || !definitions.every((one) => this.#isGenerated(one)))
      return super.getRenameInfo(fileName, position, options);
    return {
      canRename: false,
      localizedErrorMessage: "The compiler makes this name of the process class: rename it there.",
    };
  }

  override async findRenameLocations(
    ...request: Parameters<TypeScriptWorker["findRenameLocations"]>
  ): Promise<readonly DocumentSpan[] | undefined> {
    const found = await super.findRenameLocations(...request);
    return found?.filter((one) => !this.#isGenerated(one));
  }

  #numberOf(model: MirrorModel): number {
    const number = this.#numbers.get(model) ?? ++this.#modelCount;
    this.#numbers.set(model, number);
    return number;
  }

  #declarationsOf(fileName: string): ExtraLibrary | undefined {
    return this.getExtraLibs()[declarationsPath(fileName)];
  }

  /** Characters of the author's text. */
  #ownLength(fileName: string): number {
    return super.getScriptSnapshot(fileName)?.getLength() ?? 0;
  }

  #isGenerated({ fileName, textSpan }: DocumentSpan): boolean {
    return this.#declarationsOf(fileName) !== undefined && textSpan.start > this.#ownLength(fileName);
  }

  /** A class that members are added to has them as children, and a place for each part. */
  #ownPartOf(tree: NavigationTree, fileName: string): NavigationTree {
    const childItems = tree.childItems
      ?.map((child) => this.#ownPartOf(child, fileName))
      .filter(({ spans }) => spans.length > 0);
    const spans = tree.spans.filter((textSpan) => !this.#isGenerated({ fileName, textSpan }));
    return { ...tree, spans, ...(childItems && { childItems }) };
  }

  #within(fileName: string, edits: readonly TextChange[]): readonly TextChange[] {
    const length = this.#ownLength(fileName);
    return edits.filter(({ span }) => span.start + span.length <= length);
  }

  /** What in the author's text the compiler made it of: the handler of the same name, or else the class. */
  #originOf({ fileName, name, containerName }: DefinitionInfo): DocumentSpan | undefined {
    const tree = this.#ownPartOf(this.getLanguageService().getNavigationTree(fileName), fileName);
    // CounterRef, CounterChild and the like begin with the name of their class.
    const generated = containerName || name;
    const [type] = (tree.childItems ?? [])
      .filter(({ kind, text }) => kind === "class" && generated.startsWith(text))
      .sort((one, other) => other.text.length - one.text.length);
    const handler = type?.childItems?.find(({ text }) => text === name);
    const textSpan = (handler ?? type)?.nameSpan;
    return textSpan && { fileName, textSpan };
  }
}
