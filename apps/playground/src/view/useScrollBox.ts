import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface ScrollBox<T extends HTMLElement> {
  readonly ref: RefObject<T | null>;
  readonly scrollTopPx: ReadonlySignal<number>;
  readonly viewHeightPx: ReadonlySignal<number>;
}

/** Follows how far a scrolled box is scrolled and how high its view is. */
export function useScrollBox<T extends HTMLElement>(): ScrollBox<T> {
  const ref = useRef<T>(null);
  const scrollTopPx = useSignal(0);
  const viewHeightPx = useSignal(0);
  useEffect(() => {
    const box = ref.current!;
    const onScroll = () => {
      scrollTopPx.value = box.scrollTop;
    };
    const observer = new ResizeObserver(() => {
      viewHeightPx.value = box.clientHeight;
    });
    observer.observe(box);
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, [scrollTopPx, viewHeightPx]);
  return { ref, scrollTopPx, viewHeightPx };
}
