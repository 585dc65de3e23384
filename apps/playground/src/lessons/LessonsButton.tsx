import type { LessonMenuProps } from "./LessonMenu.tsx";
import { lazyComponent } from "./lazyComponent.tsx";

const LessonMenu = lazyComponent<LessonMenuProps>(async () => (await import("./LessonMenu.tsx")).LessonMenu);

/** Opens the list of lessons. */
export function LessonsButton({ tour, session }: LessonMenuProps) {
  const { isMenuOpen, lessons, progress } = tour;
  const total = lessons.value.length;
  const done = lessons.value.filter(
    ({ lesson }) => progress.lessons.value.get(lesson.entry.name)?.isDone === true,
  ).length;
  return (
    <>
      <button
        type="button"
        class="lessons-button"
        data-testid="lessons"
        aria-haspopup="dialog"
        disabled={total === 0}
        onClick={() => {
          isMenuOpen.value = true;
        }}
      >
        Lessons
        {done > 0 && (
          <span class="count" title={`${done} of ${total} lessons done`}>
            {done}/{total}
          </span>
        )}
      </button>
      {isMenuOpen.value && <LessonMenu tour={tour} session={session} />}
    </>
  );
}
