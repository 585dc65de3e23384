import { effect, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { createChecker } from "../compile/checker.ts";
import { listProblems } from "../compile/problems.ts";
import type { Workspace } from "../project/workspace.ts";
import { BUILD_ERROR_TITLE } from "../run/plainError.ts";
import { CodeArea, type CodeHandle } from "./CodeArea.tsx";
import { FileTabs } from "./FileTabs.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { UndoBar } from "./UndoBar.tsx";
import { useTrapPlaces } from "./useTrapPlaces.ts";
import type { Workbench } from "./workbench.ts";

export interface ProjectEditorProps {
  readonly workspace: Workspace;
  readonly workbench: Workbench;
}

/** Tabs, text and problems of one project. */
export function ProjectEditor({ workspace, workbench }: ProjectEditorProps) {
  const { compiler, session, goTo } = workbench;
  /** The editor is wanted: from then on the compiler looks at what is typed. */
  const isEditing = useSignal(workspace.isModified.peek());
  const code = useRef<CodeHandle>(null);
  const checker = useMemo(() => createChecker(compiler, workspace.project, isEditing), [compiler, workspace]);
  useEffect(() => () => checker.stop(), [checker]);
  useEffect(() => {
    // What was said of a run is about a text that is no longer there.
    const dismiss = () => {
      if (session.error.peek()?.title === BUILD_ERROR_TITLE) session.dismissError();
    };
    const stop = workspace.project.subscribe(dismiss);
    return () => {
      stop();
      dismiss();
    };
  }, [workspace, session]);
  useEffect(
    () =>
      effect(() => {
        const place = goTo.value;
        if (!place || !workspace.project.peek().files.has(place.file)) return;
        goTo.value = undefined;
        // Not before the text is there: the project may just have been opened.
        queueMicrotask(() => {
          document.getElementById("code-area")?.scrollIntoView({ block: "nearest" });
          void code.current?.reveal(place.file, { start: place, end: place });
        });
      }),
    [goTo, workspace],
  );
  const traps = useTrapPlaces(session, workspace);
  const problems = useComputed(() =>
    listProblems(checker.diagnostics.value, traps.value, workspace.project.value.files),
  );
  return (
    <>
      <FileTabs workspace={workspace} />
      <CodeArea
        {...{ workspace, isEditing, traps }}
        diagnostics={checker.diagnostics}
        declarations={checker.declarations}
        handle={code}
      />
      <UndoBar workspace={workspace} />
      <ProblemList
        {...{ checker, problems, isEditing }}
        onGo={({ file, range }) => code.current?.reveal(file, range)}
        onFormat={() => code.current?.format()}
      />
    </>
  );
}
