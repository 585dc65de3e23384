import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Workbench } from "../editor/workbench.ts";
import type { Workspace } from "../project/workspace.ts";
import type { LessonProgram } from "./content/loadLessons.ts";
import type { Tour } from "./tour.ts";

export interface SolutionButtonsProps {
  readonly tour: Tour;
  readonly program: LessonProgram;
  readonly workbench: Workbench;
}

/** To the solution and back, and to the beginning of the lesson. */
export function SolutionButtons({ tour, program, workbench }: SolutionButtonsProps) {
  const { name, own, loadProject, lesson } = program;
  const isOwn = lesson.part === "start";
  const opened = useSignal<Workspace | undefined>(undefined);
  useEffect(() => {
    // Where it cannot be loaded, the editor's place shows why, and there is nothing to reset.
    workbench.library.workspaceOf({ name, own, loadProject }).then(
      (workspace) => {
        opened.value = workspace;
      },
      () => {},
    );
  }, [name, own, loadProject, workbench, opened]);
  const workspace = opened.value;
  const hasTicks = isOwn && tour.progress.lessons.value.has(lesson.entry.name);
  return (
    <div class="solution-buttons">
      <button
        type="button"
        data-testid="solution"
        data-shown={!isOwn}
        onClick={() => tour.show(isOwn ? "solution" : "start")}
      >
        {isOwn ? "Show the solution" : "Back to my program"}
      </button>
      <button
        type="button"
        data-testid="lesson-reset"
        disabled={!workspace?.isModified.value && !hasTicks}
        title="The files as they were at the beginning. Under the editor you can take it back."
        onClick={() => {
          if (workspace?.isModified.peek()) workspace.reset();
          tour.ignoredRuns.add(workbench.session.history);
          if (isOwn) tour.progress.forget(lesson.entry.name);
        }}
      >
        {isOwn ? "Start again" : "Reset"}
      </button>
    </div>
  );
}
