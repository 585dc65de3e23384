import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { onThemeChange } from "../../appearance/theme.ts";
import { type Palette, readPalette } from "./palette.ts";

/** What a drawing gets: coordinates are CSS pixels. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly isStill: boolean;
}

export interface Canvas {
  readonly ref: RefObject<HTMLCanvasElement | null>;
  /** Draws before the next frame. Cheap; call it as often as something changes. */
  request(): void;
}

/**
 * A canvas that fills its box at the display's resolution, and is drawn at most once per frame: when something asks for
 * it, when the box or the colour scheme changes, and again as long as the drawing says that something moves.
 * @param draw returns whether to draw the next frame too; `isStill`: the visitor wants no motion
 */
export function useCanvas(draw: (surface: Surface, nowMs: number) => boolean): Canvas {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  const pending = useRef(0);
  const isGone = useRef(false);
  const palette = useRef<Palette>(undefined);

  const request = useRef(() => {
    if (pending.current !== 0 || isGone.current) return;
    pending.current = requestAnimationFrame((nowMs) => {
      pending.current = 0;
      const canvas = ref.current;
      const context = canvas?.getContext("2d");
      if (!canvas || !context || canvas.clientWidth === 0) return;
      palette.current ??= readPalette(canvas.parentElement!);
      const scale = Math.min(devicePixelRatio, 2);
      const width = canvas.clientWidth;
      const height = canvas.clientHeight;
      if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
      if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, width, height);
      const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (latest.current({ context, width, height, palette: palette.current, isStill }, nowMs)) {
        request.current();
      }
    });
  });

  useEffect(() => {
    isGone.current = false;
    const canvas = ref.current!;
    const observer = new ResizeObserver(() => request.current());
    observer.observe(canvas);
    const stopTheme = onThemeChange(() => {
      palette.current = undefined;
      request.current();
    });
    return () => {
      isGone.current = true;
      observer.disconnect();
      stopTheme();
      cancelAnimationFrame(pending.current);
      pending.current = 0;
    };
  }, []);

  return { ref, request: request.current };
}
