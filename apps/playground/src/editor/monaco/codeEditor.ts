import type { Diagnostic, SourceRange } from "@lunatic-web/sdk";
import { effect, type ReadonlySignal } from "@preact/signals";
import * as monaco from "monaco-editor/editor";
import type { TrapPlace } from "../../compile/trapPlaces.ts";
import type { Workspace } from "../../project/workspace.ts";
import { createGeneratedMembers, uriOf } from "./generatedMembers.ts";
import { languageOf } from "./languages.ts";

export interface CodeEditorOptions {
  readonly workspace: Workspace;
  readonly diagnostics: ReadonlySignal<readonly Diagnostic[]>;
  /** What the compiler adds to the files, by path. */
  readonly declarations: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly traps: ReadonlySignal<readonly TrapPlace[]>;
}

/** Monaco over one project: a model per file, the active one shown. */
export interface CodeEditor {
  focus(): void;
  /** Opens the file and puts the caret at the place, in the middle of what is seen. */
  reveal(path: string, range: SourceRange): void;
  format(): Promise<void>;
  dispose(): void;
}

const MARKERS = "lunatic";
const SEVERITIES = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

export function createCodeEditor(container: HTMLElement, options: CodeEditorOptions): CodeEditor {
  const { workspace, diagnostics, declarations, traps } = options;
  const generated = createGeneratedMembers();
  const trapMarks = new Map<monaco.editor.ITextModel, string[]>();
  const models = new Map<string, monaco.editor.ITextModel>();
  const viewStates = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  const editor = monaco.editor.create(container, {
    model: null,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: getComputedStyle(container).getPropertyValue("--mono"),
    fontSize: 13,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderLineHighlight: "line",
    padding: { top: 6, bottom: 12 },
    lineNumbersMinChars: 3,
    tabSize: 2,
    // The column is narrow, and on a phone everything is.
    wordWrap: "on",
    wrappingIndent: "deepIndent",
    // The page's own keys go on working: Ctrl+M lets Tab leave the editor, Ctrl+Enter runs.
    ariaLabel: "Program text. Ctrl+M lets Tab leave the editor.",
    accessibilitySupport: "auto",
    // A suggestion is taken by Enter and Tab only: a bracket typed at the end of a word is no choice.
    acceptSuggestionOnCommitCharacter: false,
    stickyScroll: { enabled: false },
    // Where the framework's source is shown: it is no file of the project to go to.
    definitionLinkOpensInPeek: true,
    occurrencesHighlight: "singleFile",
  });
  // Unbound, the key reaches the page, where the run bar has it.
  monaco.editor.addKeybindingRule({
    keybinding: monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter,
    command: null,
  });
  let shown: string | undefined;

  function createModel(path: string, text: string): monaco.editor.ITextModel {
    const model = monaco.editor.createModel(text, languageOf(path), uriOf(path));
    model.onDidChangeContent(() => {
      if (workspace.project.peek().files.has(path)) workspace.write(path, model.getValue());
    });
    models.set(path, model);
    return model;
  }

  function syncModels(files: ReadonlyMap<string, string>): void {
    for (const [path, model] of models) {
      if (files.has(path)) continue;
      models.delete(path);
      viewStates.delete(path);
      model.dispose();
    }
    for (const [path, text] of files) {
      const model = models.get(path);
      if (!model) createModel(path, text);
      else if (model.getValue() !== text) replaceText(model, text);
    }
  }

  function show(path: string): void {
    const model = models.get(path) ?? null;
    if (editor.getModel() === model) return;
    if (shown !== undefined && models.has(shown)) viewStates.set(shown, editor.saveViewState());
    shown = path;
    editor.setModel(model);
    editor.restoreViewState(viewStates.get(path) ?? null);
  }

  function mark(found: readonly Diagnostic[]): void {
    for (const [path, model] of models) {
      const own = found.filter(({ place }) => place?.file === path);
      monaco.editor.setModelMarkers(model, MARKERS, own.map(toMarker));
    }
  }

  /** The marks move along with what is typed above them, until the next run. */
  function markTraps(places: readonly TrapPlace[]): void {
    for (const [path, model] of models) {
      // One mark a line, of the latest trap there: several would darken it.
      const lines = new Map(
        places.filter(({ place }) => place.file === path).map((trap) => [trap.place.line, trap]),
      );
      const own = [...lines.values()];
      trapMarks.set(model, model.deltaDecorations(trapMarks.get(model) ?? [], own.map(toDecoration)));
    }
  }

  // A definition in another file of the project is behind another tab.
  const opener = monaco.editor.registerEditorOpener({
    openCodeEditor(_source, resource, target) {
      const path = resource.path.slice(1);
      if (models.get(path)?.uri.toString() !== resource.toString()) return false;
      workspace.open(path);
      if (target && "startLineNumber" in target) editor.setSelection(target);
      else if (target) editor.setPosition(target);
      editor.revealPositionInCenterIfOutsideViewport(editor.getPosition() ?? { lineNumber: 1, column: 1 });
      editor.focus();
      return true;
    },
  });
  const stops = [
    effect(() => {
      syncModels(workspace.project.value.files);
      show(workspace.active.value);
    }),
    effect(() => mark(diagnostics.value)),
    effect(() => generated.update(declarations.value)),
    effect(() => markTraps(traps.value)),
  ];

  return {
    focus: () => editor.focus(),
    reveal(path, range) {
      workspace.open(path);
      const target = toRange(range);
      editor.setSelection(target);
      editor.revealRangeInCenterIfOutsideViewport(target);
      editor.focus();
    },
    async format() {
      await editor.getAction("editor.action.formatDocument")?.run();
      editor.focus();
    },
    dispose() {
      for (const stop of stops) stop();
      opener.dispose();
      generated.dispose();
      editor.dispose();
      for (const model of models.values()) model.dispose();
    },
  };
}

/** As an edit, so that the editor's own undo leads back to what was there. */
function replaceText(model: monaco.editor.ITextModel, text: string): void {
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
}

function toMarker({ place, severity, message, code }: Diagnostic): monaco.editor.IMarkerData {
  return {
    ...toRange(place!.range),
    severity: SEVERITIES[severity],
    message,
    source: "AssemblyScript",
    ...(code === 0 ? {} : { code: `AS${code}` }),
  };
}

function toDecoration({ pid, message, place }: TrapPlace): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(place.line, 1, place.line, 1),
    options: {
      isWholeLine: true,
      className: "trapped-line",
      glyphMarginClassName: "trap-glyph",
      hoverMessage: { value: `Process ${pid} trapped here: ${message}` },
      overviewRuler: {
        color: { id: "editorError.foreground" },
        position: monaco.editor.OverviewRulerLane.Full,
      },
    },
  };
}

function toRange({ start, end }: SourceRange): monaco.IRange {
  return {
    startLineNumber: start.line,
    startColumn: start.column,
    endLineNumber: end.line,
    endColumn: end.column,
  };
}
