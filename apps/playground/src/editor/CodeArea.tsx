import type { Diagnostic, SourceRange } from "@lunatic-web/sdk";
import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useImperativeHandle, useRef } from "preact/hooks";
import type { TrapPlace } from "../compile/trapPlaces.ts";
import { isSource } from "../project/path.ts";
import type { Workspace } from "../project/workspace.ts";
import { explainError } from "../run/plainError.ts";
import { highlightTypeScriptLines } from "./highlightTypeScript.ts";
import type { CodeEditor } from "./monaco/index.ts";
import { SourceText } from "./SourceText.tsx";

/** What others ask of the text. Each waits for the editor if it is not there yet. */
export interface CodeHandle {
  reveal(file: string, range: SourceRange): Promise<void>;
  format(): Promise<void>;
}

export interface CodeAreaProps {
  readonly workspace: Workspace;
  readonly isEditing: Signal<boolean>;
  readonly diagnostics: ReadonlySignal<readonly Diagnostic[]>;
  readonly declarations: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly traps: ReadonlySignal<readonly TrapPlace[]>;
  readonly handle: RefObject<CodeHandle | null>;
}

/** The text of the file in front: coloured to read at once, and an editor, which is megabytes, for those who want to edit. */
export function CodeArea({ workspace, isEditing, diagnostics, declarations, traps, handle }: CodeAreaProps) {
  const container = useRef<HTMLDivElement>(null);
  const starting = useRef<Promise<CodeEditor>>(undefined);
  const opened = useRef<CodeEditor>(undefined);
  const isUnmounted = useRef(false);
  const isReady = useSignal(false);
  const failure = useSignal<string | undefined>(undefined);
  const lines = useComputed(() => {
    const path = workspace.active.value;
    const text = workspace.project.value.files.get(path) ?? "";
    return isSource(path) ? highlightTypeScriptLines(text) : [...text.split("\n")].map(plainLine);
  });

  async function load(): Promise<CodeEditor> {
    const { createCodeEditor } = await import("./monaco/index.ts");
    // The file may have been left while the editor was on its way.
    if (isUnmounted.current || !container.current)
      throw new DOMException("The project was left", "AbortError");
    opened.current = createCodeEditor(container.current, {
      workspace,
      diagnostics,
      declarations,
      traps,
    });
    isReady.value = true;
    return opened.current;
  }

  function start(): Promise<CodeEditor> {
    isEditing.value = true;
    failure.value = undefined;
    starting.current ??= load();
    starting.current.catch((thrown: unknown) => {
      starting.current = undefined;
      if (!isUnmounted.current) failure.value = explainError(thrown).detail;
    });
    return starting.current;
  }

  /** @param caret where the reader has pointed at */
  async function edit(caret?: SourceRange): Promise<void> {
    // A failure shows on the page; there is nothing else to do about it here.
    const editor = await start().catch(() => undefined);
    if (caret) editor?.reveal(workspace.active.peek(), caret);
    else editor?.focus();
  }

  useEffect(() => {
    if (isEditing.peek()) start().catch(() => {});
    return () => {
      isUnmounted.current = true;
      // At once: the next project may have files of the same names.
      opened.current?.dispose();
    };
  }, []);
  useImperativeHandle(handle, () => ({
    async reveal(file, range) {
      workspace.open(file);
      (await start().catch(() => undefined))?.reveal(file, range);
    },
    async format() {
      await (await start().catch(() => undefined))?.format();
    },
  }));

  return (
    <div
      class="code-area"
      id="code-area"
      role="tabpanel"
      aria-label={workspace.active.value}
      data-testid="editor"
      data-ready={isReady.value}
      style={{ "--lines": String(lines.value.length) }}
    >
      {!isReady.value && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a short cut of the button in it
        // biome-ignore lint/a11y/useKeyWithClickEvents: a short cut of the button in it
        <div
          class="code-preview"
          onClick={(event) => {
            // Whoever selects text wants to copy it.
            if (getSelection()?.isCollapsed !== false) void edit(placeOf(event.target));
          }}
        >
          <SourceText lines={lines.value} label={`Source of ${workspace.active.value}`}>
            <button
              type="button"
              class="edit-button"
              data-testid="edit"
              onClick={(event) => {
                event.stopPropagation();
                void edit();
              }}
            >
              {isEditing.value && failure.value === undefined ? "Opening the editor…" : "Edit"}
            </button>
          </SourceText>
        </div>
      )}
      {failure.value !== undefined && <p class="failure">The editor could not be loaded: {failure.value}</p>}
      <div class="code-editor" ref={container} />
    </div>
  );
}

function plainLine(text: string) {
  return [{ kind: "plain", text } as const];
}

/** The beginning of the line that was clicked. */
function placeOf(target: EventTarget | null): SourceRange | undefined {
  const line = target instanceof Element ? target.closest(".source-line") : null;
  if (!line) return undefined;
  const number = [...(line.parentElement?.children ?? [])].indexOf(line) + 1;
  const start = { line: number, column: 1 };
  return { start, end: start };
}
