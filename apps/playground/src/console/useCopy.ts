import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** How long the outcome of a copy stays on its button. */
const TOLD_MS = 1_500;

export type CopyState = "idle" | "copied" | "failed";

/** Puts a text onto the clipboard; the outcome shows for a moment. */
export function useCopy(): {
  readonly state: ReadonlySignal<CopyState>;
  readonly copy: (text: string) => Promise<void>;
} {
  const state = useSignal<CopyState>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (text: string) => {
    // Denied, or a page that is not in front.
    state.value = await navigator.clipboard.writeText(text).then(
      () => "copied" as const,
      () => "failed" as const,
    );
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      state.value = "idle";
    }, TOLD_MS);
  };
  return { state, copy };
}

/** What a person has marked inside of an element; undefined: nothing. */
export function selectedTextIn(element: Element | null): string | undefined {
  const selection = getSelection();
  if (!element || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  if (!element.contains(selection.getRangeAt(0).commonAncestorContainer)) return undefined;
  const text = selection.toString();
  return text === "" ? undefined : text;
}
