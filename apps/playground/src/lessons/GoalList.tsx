import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Workbench } from "../editor/workbench.ts";
import type { Goals } from "./check/goal.ts";
import type { LessonProgram } from "./content/loadLessons.ts";
import { watchLesson } from "./lessonWatch.ts";
import { SolutionButtons } from "./SolutionButtons.tsx";
import { lessonLink, type Tour } from "./tour.ts";

export interface GoalListProps {
  readonly tour: Tour;
  readonly program: LessonProgram;
  readonly goals: Goals;
  readonly workbench: Workbench;
}

/**
 * What the exercise asks for, ticked while the program runs. Of the visitor's own program it is kept; that a solution
 * reaches the goals is shown, but is nobody's merit.
 */
export function GoalList({ tour, program, goals, workbench }: GoalListProps) {
  const { progress } = tour;
  const { entry, part } = program.lesson;
  const isOwn = part === "start";
  const { session } = workbench;
  const announcement = useSignal("");
  const saved = isOwn ? (progress.lessons.value.get(entry.name)?.reached ?? []) : [];
  /** Ids, since the watch began. */
  const seen = useSignal<readonly string[]>([]);
  // After something was forgotten, what was seen until then counts no more.
  const forgotten = progress.forgotten.value;
  useEffect(() => {
    seen.value = [];
    return watchLesson(session, program, goals, tour.ignoredRuns, (fresh, reached) => {
      seen.value = reached;
      const before = isOwn ? (progress.lessons.peek().get(entry.name)?.reached ?? []) : [];
      const ids = new Set([...before, ...reached]);
      const left = goals.filter(({ id }) => !ids.has(id)).length;
      const titles = fresh.map(({ title }) => `“${title}”`).join(" and ");
      announcement.value = `Done: ${titles}. ${left === 0 ? "That was all." : `${left} to go.`}`;
      if (isOwn) progress.set({ lesson: entry.name, reached: [...ids], isDone: left === 0 });
    });
  }, [session, program, goals, forgotten]);
  const all = new Set([...saved, ...seen.value]);
  const reached = new Set(goals.filter(({ id }) => all.has(id)).map(({ id }) => id));
  const isComplete = goals.every(({ id }) => reached.has(id));
  const { next } = tour.neighbours(entry.name);
  return (
    <section class="goals" aria-labelledby="goals-title" data-testid="goals" data-complete={isComplete}>
      <h3 id="goals-title">
        {isOwn ? "What your program is to do" : "What the solution does"}{" "}
        <span class="count">
          {reached.size}/{goals.length}
        </span>
      </h3>
      <ul>
        {goals.map(({ id, title, hint }) => (
          <li key={id} data-testid="goal" data-goal={id} data-reached={reached.has(id)}>
            <span class="tick" role="img" aria-label={reached.has(id) ? "done" : "to do"}>
              {reached.has(id) ? "✓" : ""}
            </span>
            <div>
              <span class="goal-title">{title}</span>
              {!reached.has(id) && (
                <details>
                  <summary>Hint</summary>
                  {hint}
                </details>
              )}
            </div>
          </li>
        ))}
      </ul>
      <p class="visually-hidden" role="status" data-testid="goal-announcement">
        {announcement.value}
      </p>
      {isComplete && (
        <p class="lesson-done" data-testid="lesson-done">
          {isOwn ? "Well done." : "That is one way to do it."}{" "}
          {next && isOwn && (
            <a class="button primary" href={lessonLink(next)}>
              Next: {next.lesson.entry.title}
            </a>
          )}
        </p>
      )}
      <SolutionButtons {...{ tour, program, workbench }} />
    </section>
  );
}
