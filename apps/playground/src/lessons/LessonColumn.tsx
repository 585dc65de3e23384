import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Pane } from "../app/PaneTabs.tsx";
import type { Workbench } from "../editor/workbench.ts";
import type { LessonProgram } from "./content/loadLessons.ts";
import { lazyComponent } from "./lazyComponent.tsx";
import type { Tour } from "./tour.ts";

export interface LessonColumnProps {
  readonly tour: Tour;
  readonly lesson: LessonProgram;
  readonly workbench: Workbench;
  /** Id of the picture of the system that is shown. */
  readonly stage: Signal<string>;
  /** The part that a narrow page shows. */
  readonly pane: Signal<Pane>;
}

const LessonPanel = lazyComponent<LessonColumnProps>(
  async () => (await import("./LessonPanel.tsx")).LessonPanel,
);

/** The column with the lesson's text. */
export function LessonColumn(props: LessonColumnProps) {
  const { lesson, pane, workbench } = props;
  const { name } = lesson.lesson.entry;
  const phase = workbench.session.phase.value;
  useEffect(() => {
    pane.value = "lesson";
  }, [name, pane]);
  useEffect(
    () => () => {
      pane.value = "editor";
    },
    [pane],
  );
  useEffect(() => {
    // Whoever presses Run wants to see what it does.
    if (phase === "running") pane.value = "view";
  }, [phase, pane]);
  return (
    <div class="column lesson-column">
      {/* One per lesson: nothing of the last one is left, also while the next one loads. */}
      <LessonPanel key={name} {...props} />
    </div>
  );
}
