import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { RunControl } from "./runControl.ts";

export interface MoreControlsProps {
  readonly control: RunControl;
  readonly executors: number | undefined;
  readonly children: ComponentChildren;
}

/** What stands beside the other controls where there is room, and behind a button where there is none. */
export function MoreControls({ control, executors, children }: MoreControlsProps) {
  const isOpen = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (!box.current!.contains(event.target as Node)) isOpen.value = false;
    };
    window.addEventListener("pointerdown", onPointerDown);
    return () => window.removeEventListener("pointerdown", onPointerDown);
  }, [isOpen]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it wherever in it the focus is
    <div
      ref={box}
      class={isOpen.value ? "more-controls open" : "more-controls"}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen.value) return;
        isOpen.value = false;
        toggle.current!.focus();
      }}
    >
      <button
        ref={toggle}
        type="button"
        class="more-toggle"
        data-testid="more-controls"
        aria-expanded={isOpen.value}
        aria-controls="more-controls"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {summary(control, executors)} <span aria-hidden="true">▾</span>
      </button>
      <div class="more-parts" id="more-controls">
        {children}
      </div>
    </div>
  );
}

function summary({ isDeterministic, seed, executors }: RunControl, available: number | undefined): string {
  if (isDeterministic.value) return `Seed ${seed.value}`;
  const count = executors.value ?? available;
  if (count === undefined) return "More";
  return count === 1 ? "1 executor" : `${count} executors`;
}
