import type { History } from "@lunatic-web/runtime/inspect";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Program } from "../programs/catalog.ts";
import type { ProgramSelection } from "../programs/selection.ts";
import { type LessonProgram, lessonProgramName } from "./content/loadLessons.ts";
import type { Progress } from "./progress/progress.ts";

/** All lessons in their order, the one in front, and how far the visitor has come. */
export interface Tour {
  /** The visitor's program of each lesson; empty until the page's list is there. */
  readonly lessons: ReadonlySignal<readonly LessonProgram[]>;
  /** The chosen program, if it belongs to a lesson. */
  readonly current: ReadonlySignal<LessonProgram | undefined>;
  readonly progress: Progress;
  /** Runs that reach no goals any more, because the visitor began the lesson anew while they were there. */
  readonly ignoredRuns: WeakSet<History>;
  readonly isMenuOpen: Signal<boolean>;
  /** The lessons before and behind one, by its name. */
  neighbours(lesson: string): { readonly previous?: LessonProgram; readonly next?: LessonProgram };
  /** Puts the solution in the editor's place, or the visitor's own program back. */
  show(part: "start" | "solution"): void;
}

export function createTour(
  selection: Pick<ProgramSelection, "programs" | "selected" | "select">,
  progress: Progress,
): Tour {
  const lessons = computed(() =>
    selection.programs.value.filter(isLesson).filter(({ lesson }) => lesson.part === "start"),
  );
  const current = computed(() => {
    const chosen = selection.selected.value;
    return chosen && isLesson(chosen) ? chosen : undefined;
  });
  return {
    lessons,
    current,
    progress,
    ignoredRuns: new WeakSet(),
    isMenuOpen: signal(false),
    neighbours(name) {
      const index = lessons.value.findIndex(({ lesson }) => lesson.entry.name === name);
      const previous = lessons.value[index - 1];
      const next = lessons.value[index + 1];
      return { ...(previous && { previous }), ...(next && { next }) };
    },
    show(part) {
      const name = current.peek()?.lesson.entry.name;
      if (name !== undefined) selection.select(lessonProgramName(name, part));
    },
  };
}

/** The address of a lesson within the page. */
export function lessonLink({ lesson }: LessonProgram): string {
  return `#lesson=${lesson.entry.name}`;
}

function isLesson(program: Program): program is LessonProgram {
  return program.lesson !== undefined && program.loadProject !== undefined;
}
