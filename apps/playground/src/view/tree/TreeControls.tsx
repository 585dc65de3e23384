import type { TreeZoom } from "./useTreeZoom.ts";

export interface TreeControlsProps {
  readonly zoom: TreeZoom;
  readonly hasFolds: boolean;
  readonly onResetFolds: () => void;
}

export function TreeControls({ zoom, hasFolds, onResetFolds }: TreeControlsProps) {
  return (
    <div class="tree-controls">
      {hasFolds && (
        <button type="button" title="Fold crowds again, open what is folded" onClick={onResetFolds}>
          Reset folds
        </button>
      )}
      <button
        type="button"
        class="icon"
        aria-label="Zoom out"
        title="Zoom out (−)"
        onClick={() => zoom.zoomBy(1 / 1.5)}
      >
        −
      </button>
      <button
        type="button"
        class="icon"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoom.zoomBy(1.5)}
      >
        +
      </button>
      <button type="button" data-testid="tree-fit" title="Show everything, and follow (0)" onClick={zoom.fit}>
        Fit
      </button>
    </div>
  );
}
