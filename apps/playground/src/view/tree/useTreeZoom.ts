import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { fitScale, type Layout, type Size } from "./layout.ts";
import type { Point } from "./treeScene.ts";

const MIN_SCALE = 0.02;
const MAX_SCALE = 8;
/** A picture of three processes is not blown up to fill the panel. */
const MAX_FIT_SCALE = 1.25;
const MARGIN = { left: 34, right: 26, top: 24, bottom: 38 };

export interface TreeZoom {
  readonly transform: ZoomTransform;
  /** Whether the picture follows the system's size by itself: until the visitor moves it. */
  readonly isFitting: boolean;
  fit(): void;
  zoomBy(factor: number): void;
  /** Moves a point of the world to the middle if it is not well inside. */
  reveal(point: Point): void;
  /** Moves a part of the way to where the picture should be. @returns whether it is under way */
  advance(layout: Layout, width: number, height: number, isStill: boolean): boolean;
}

/** Pan and zoom of the tree by mouse, wheel, fingers and buttons. */
export function useTreeZoom(ref: RefObject<HTMLCanvasElement | null>, request: () => void): TreeZoom {
  const held = useRef<TreeZoom & { transform: ZoomTransform; isFitting: boolean }>(undefined);
  const behavior = useRef<ZoomBehavior<HTMLCanvasElement, unknown>>(undefined);
  const target = useRef<ZoomTransform>(undefined);

  const set = (transform: ZoomTransform) => {
    const canvas = ref.current;
    if (canvas && behavior.current) select(canvas).call(behavior.current.transform, transform);
  };

  held.current ??= {
    transform: zoomIdentity,
    isFitting: true,
    fit() {
      held.current!.isFitting = true;
      target.current = undefined;
      request();
    },
    zoomBy(factor) {
      const canvas = ref.current;
      if (!canvas || !behavior.current) return;
      held.current!.isFitting = false;
      target.current = undefined;
      select(canvas).call(behavior.current.scaleBy, factor);
    },
    reveal(point) {
      const canvas = ref.current;
      const { transform } = held.current!;
      if (!canvas) return;
      const x = transform.applyX(point.x);
      const y = transform.applyY(point.y);
      const isInside = x > 40 && y > 40 && x < canvas.clientWidth - 40 && y < canvas.clientHeight - 40;
      if (isInside) return;
      held.current!.isFitting = false;
      const k = Math.max(transform.k, 0.6);
      target.current = zoomIdentity
        .translate(canvas.clientWidth / 2 - point.x * k, canvas.clientHeight / 2 - point.y * k)
        .scale(k);
      request();
    },
    advance(layout, width, height, isStill) {
      const goal = held.current!.isFitting ? fitTransform(layout, width, height) : target.current;
      if (!goal) return false;
      const { x, y, k } = held.current!.transform;
      const isThere = Math.abs(goal.x - x) + Math.abs(goal.y - y) < 0.5 && Math.abs(goal.k / k - 1) < 0.002;
      if (isThere || isStill) {
        if (!isThere) set(goal);
        target.current = undefined;
        return false;
      }
      const part = 0.2;
      const step = (from: number, to: number) => from + (to - from) * part;
      set(zoomIdentity.translate(step(x, goal.x), step(y, goal.y)).scale(step(k, goal.k)));
      return true;
    },
  };

  useEffect(() => {
    const canvas = ref.current!;
    behavior.current = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([MIN_SCALE, MAX_SCALE])
      .clickDistance(4)
      .on("zoom", (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        held.current!.transform = event.transform;
        if (event.sourceEvent) {
          held.current!.isFitting = false;
          target.current = undefined;
          request();
        }
      });
    const selection = select(canvas).call(behavior.current);
    // A double click opens and folds.
    selection.on("dblclick.zoom", null);
    return () => {
      selection.on(".zoom", null);
    };
  }, [ref, request]);

  return held.current;
}

/** The room for the picture when it is shown whole. */
export function innerSize(width: number, height: number): Size {
  return {
    width: Math.max(width - MARGIN.left - MARGIN.right, 40),
    height: Math.max(height - MARGIN.top - MARGIN.bottom, 40),
  };
}

function fitTransform(layout: Layout, width: number, height: number): ZoomTransform {
  const { width: innerWidth, height: innerHeight } = innerSize(width, height);
  const k = Math.min(Math.max(fitScale(layout, innerWidth, innerHeight), MIN_SCALE), MAX_FIT_SCALE);
  const x = MARGIN.left + Math.max(0, (innerWidth - layout.width * k) / 2);
  const y = MARGIN.top + Math.max(0, (innerHeight - layout.height * k) / 2);
  return zoomIdentity.translate(x, y).scale(k);
}
