import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface SplitterProps {
  /** What is on its two sides, for screen readers. */
  readonly label: string;
  /** `vertical`: a line between left and right; `horizontal`: between above and below. */
  readonly orientation: "vertical" | "horizontal";
  /** Custom property of its parent that gets the share of the first side, in percent. */
  readonly property: string;
  /** Percent. */
  readonly initial: number;
  readonly least: number;
  readonly most: number;
}

const STEP_PERCENT = 2;

/** A line that is dragged, or moved by arrow keys, to share room between two sides; a double click puts it back. */
export function Splitter({ label, orientation, property, initial, least, most }: SplitterProps) {
  const line = useRef<HTMLDivElement>(null);
  const key = `lunatic-playground${property}`;
  const share = useSignal(readShare(key) ?? initial);
  const isVertical = orientation === "vertical";

  const moveTo = (percent: number) => {
    share.value = Math.min(Math.max(percent, least), most);
    writeShare(key, share.value);
  };
  useEffect(() => {
    line.current?.parentElement?.style.setProperty(property, String(share.value));
  }, [share.value, property]);

  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = isVertical ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (event.key === less) moveTo(share.value - STEP_PERCENT);
    else if (event.key === more) moveTo(share.value + STEP_PERCENT);
    else if (event.key === "Home") moveTo(least);
    else if (event.key === "End") moveTo(most);
    else if (event.key === "Enter") moveTo(initial);
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus; this is the ARIA practices' window splitter
    <div
      ref={line}
      class={`splitter ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={Math.round(share.value)}
      title="Drag, or use arrow keys; a double click puts it back"
      onKeyDown={onKeyDown}
      onDblClick={() => moveTo(initial)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const box = event.currentTarget.parentElement!.getBoundingClientRect();
        const part = isVertical
          ? (event.clientX - box.left) / box.width
          : (event.clientY - box.top) / box.height;
        moveTo(part * 100);
      }}
    />
  );
}

/** Storage may be forbidden to the page: then the share is what it is at each visit's start. */
function readShare(key: string): number | undefined {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? undefined : Number(kept) || undefined;
  } catch {
    return undefined;
  }
}

function writeShare(key: string, percent: number): void {
  try {
    localStorage.setItem(key, String(Math.round(percent * 10) / 10));
  } catch {
    // As above: there is nothing to keep it in.
  }
}
