import { type ReadonlySignal, signal } from "@preact/signals";

/**
 * Ties views to the display: however often the system changes, a view that reads `frame` renders once per frame.
 * The model itself is changed at once, outside of any render.
 */
export interface FrameClock {
  /** Counts the frames in which something had changed. */
  readonly frame: ReadonlySignal<number>;
  /** Something a view shows has changed. Cheap; call it as often as that happens. */
  request(): void;
  /** As `request`, at once: of a change a person made, nothing old may be seen for another frame. */
  flush(): void;
}

/** @param schedule calls back before the next frame; the page passes requestAnimationFrame */
export function createFrameClock(schedule: (callback: () => void) => void): FrameClock {
  const frame = signal(0);
  let isRequested = false;
  return {
    frame,
    request() {
      if (isRequested) return;
      isRequested = true;
      schedule(() => {
        isRequested = false;
        frame.value++;
      });
    },
    flush() {
      frame.value++;
    },
  };
}
