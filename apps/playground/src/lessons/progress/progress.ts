import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { ProgressStore, SavedProgress } from "./progressStore.ts";

/** What the visitor has reached in all lessons, now and the times before. */
export interface Progress {
  /** By name of the lesson. */
  readonly lessons: ReadonlySignal<ReadonlyMap<string, SavedProgress>>;
  /** Whether the browser keeps it; false: it is gone when the page is left. */
  readonly isKept: ReadonlySignal<boolean>;
  /** Settles when what was kept is in `lessons`. Never rejects. */
  readonly ready: Promise<void>;
  /** Counts how often something was forgotten. */
  readonly forgotten: ReadonlySignal<number>;
  set(progress: SavedProgress): void;
  /** The visitor begins this lesson anew. */
  forget(lesson: string): void;
  forgetAll(): void;
}

export function createProgress(store: ProgressStore): Progress {
  const lessons = signal<ReadonlyMap<string, SavedProgress>>(new Map());
  const isKept = signal(true);
  const forgotten = signal(0);
  const keep = (writing: Promise<void>) => {
    writing.catch(() => {
      // The page says so; what was reached counts as long as the page is open.
      isKept.value = false;
    });
  };

  async function restore(): Promise<void> {
    try {
      const saved = await store.list();
      const known = saved.map((progress) => [progress.lesson, progress] as const);
      // What was reached while it was being read is newer.
      lessons.value = new Map([...known, ...lessons.peek()]);
    } catch {
      isKept.value = false;
    }
  }

  return {
    lessons,
    isKept,
    forgotten,
    ready: restore(),
    set(progress) {
      lessons.value = new Map(lessons.peek()).set(progress.lesson, progress);
      keep(store.save(progress));
    },
    forget(lesson) {
      batch(() => {
        lessons.value = new Map([...lessons.peek()].filter(([name]) => name !== lesson));
        forgotten.value++;
      });
      keep(store.remove(lesson));
    },
    forgetAll() {
      batch(() => {
        lessons.value = new Map();
        forgotten.value++;
      });
      keep(store.clear());
    },
  };
}
