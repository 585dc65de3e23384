import { useLayoutEffect, useRef } from "preact/hooks";
import type { Session } from "../run/session.ts";
import { lessonLink, type Tour } from "./tour.ts";
import "./lessons.css";

export interface LessonMenuProps {
  readonly tour: Tour;
  readonly session: Session;
}

/** All lessons with what is done of them, to choose one. */
export function LessonMenu({ tour, session }: LessonMenuProps) {
  const { lessons, progress, current, isMenuOpen } = tour;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const saved = progress.lessons.value;
  const here = current.value?.lesson.entry.name;
  const close = () => dialog.current?.close();
  return (
    <dialog
      class="dialog lesson-menu"
      ref={dialog}
      aria-labelledby="lesson-menu-title"
      data-testid="lesson-menu"
      onClose={() => {
        isMenuOpen.value = false;
      }}
    >
      <h3 id="lesson-menu-title">A tour of processes</h3>
      <p class="hint">
        Short lessons for which you need no more than a little TypeScript or JavaScript. Each shows one idea
        and lets you try it.
      </p>
      <ol>
        {lessons.value.map((program) => {
          const { name, title, description } = program.lesson.entry;
          const isDone = saved.get(name)?.isDone === true;
          return (
            <li key={name}>
              <a
                href={lessonLink(program)}
                aria-current={name === here ? "page" : undefined}
                data-testid="lesson-link"
                data-lesson={name}
                data-done={isDone}
                onClick={close}
              >
                <span class="lesson-title">
                  {title}
                  {isDone && (
                    <span class="menu-tick" role="img" aria-label="done">
                      ✓
                    </span>
                  )}
                </span>
                <span class="lesson-description">{description}</span>
              </a>
            </li>
          );
        })}
      </ol>
      {!progress.isKept.value && (
        <p class="hint">This browser keeps no data for this page: the ticks are gone when you leave it.</p>
      )}
      <div class="dialog-buttons">
        <button
          type="button"
          disabled={saved.size === 0}
          onClick={() => {
            if (!confirm("Take all ticks away? What you wrote stays.")) return;
            tour.ignoredRuns.add(session.history);
            progress.forgetAll();
          }}
        >
          Forget my progress…
        </button>
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
    </dialog>
  );
}
