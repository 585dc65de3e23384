import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useCanvas } from "../canvas/useCanvas.ts";
import { processMatcher } from "../processMatcher.ts";
import type { ViewContext } from "../viewContext.ts";
import { describeNode } from "./describeNode.ts";
import { drawRelations, drawTreeEdges, type Pen } from "./drawEdges.ts";
import { drawFlow, drawPulses } from "./drawFlow.ts";
import { drawLabels, drawNodes } from "./drawNodes.ts";
import { TreeControls } from "./TreeControls.tsx";
import { TreeLegend } from "./TreeLegend.tsx";
import { TreeScene } from "./treeScene.ts";
import { type Direction, walk } from "./treeWalk.ts";
import { innerSize, useTreeZoom } from "./useTreeZoom.ts";

const STEPS: Readonly<Record<string, Readonly<Record<string, Direction>>>> = {
  right: { ArrowLeft: "parent", ArrowRight: "child", ArrowUp: "previous", ArrowDown: "next" },
  down: { ArrowUp: "parent", ArrowDown: "child", ArrowLeft: "previous", ArrowRight: "next" },
};

/** Who spawned and watches whom, drawn, with the messages between them. */
export function ProcessTree({ session, timeLine, focus, filter, showEnded }: ViewContext) {
  const held = useRef<TreeScene>(undefined);
  held.current ??= new TreeScene();
  const scene = held.current;
  const hovered = useRef<number | undefined>(undefined);
  const hasFolds = useSignal(false);
  const isEmpty = useSignal(true);
  const shownModel = useRef(timeLine.model);

  const canvas = useCanvas((surface, nowMs) => {
    const { context, width, height, palette, isStill } = surface;
    const { model, shownMs } = timeLine;
    if (model !== shownModel.current) {
      shownModel.current = model;
      scene.reset();
    }
    // A replay has a speed of its own.
    scene.flow.follow(timeLine.moment.value === undefined ? model.pace : undefined);
    const query = { showEnded: showEnded.value, shownMs };
    const { isMoving, staleForMs } = scene.advance(model, query, innerSize(width, height), nowMs, isStill);
    if (staleForMs > 0 && !isMoving) setTimeout(canvas.request, staleForMs);
    const isFollowing = zoom.advance(scene.layout, width, height, isStill);
    const { x, y, k } = zoom.transform;
    const pen: Pen = {
      context,
      palette,
      scale: k,
      left: -x / k,
      top: -y / k,
      right: (width - x) / k,
      bottom: (height - y) / k,
    };
    const emphasis = {
      focus: focus.value,
      hovered: hovered.current,
      matches: processMatcher(filter.value),
    };
    context.save();
    context.translate(x, y);
    context.scale(k, k);
    drawTreeEdges(pen, scene);
    drawRelations(pen, scene, focus.value);
    drawPulses(pen, scene, nowMs, isStill);
    drawNodes(pen, scene, emphasis, nowMs);
    drawFlow(pen, scene, nowMs, isStill);
    context.restore();
    drawLabels(pen, scene, emphasis, (worldX, worldY) => [worldX * k + x, worldY * k + y]);
    isEmpty.value = scene.structure.nodes.length === 0;
    return isMoving || isFollowing;
  });
  const zoom = useTreeZoom(canvas.ref, canvas.request);

  useSignalEffect(() => {
    session.frames.frame.value;
    focus.value;
    filter.value;
    showEnded.value;
    canvas.request();
  });
  useEffect(
    () =>
      timeLine.onEvents((events) => {
        scene.add(events, performance.now());
        canvas.request();
      }),
    [timeLine, scene, canvas.request],
  );

  const pointOf = (event: MouseEvent) => {
    const box = canvas.ref.current!.getBoundingClientRect();
    const [x, y] = zoom.transform.invert([event.clientX - box.left, event.clientY - box.top]);
    return { x, y };
  };
  const hit = (event: MouseEvent) => scene.hit(pointOf(event), 6 / zoom.transform.k);

  const toggle = (pid: number | undefined) => {
    const node = pid === undefined ? undefined : scene.structure.standsFor.get(pid);
    if (!node) return;
    scene.structure.toggle(node);
    hasFolds.value = scene.structure.hasFolds;
    canvas.request();
  };
  const moveTo = (pid: number | undefined) => {
    if (pid === undefined) return;
    focus.value = pid;
    const at = scene.anchor(pid);
    if (at) zoom.reveal(at);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = STEPS[scene.layout.orientation]![event.key];
    if (direction) moveTo(walk(scene.structure, focus.value, direction));
    else if (event.key === "Enter" || event.key === " ") toggle(focus.value);
    else if (event.key === "+" || event.key === "=") zoom.zoomBy(1.3);
    else if (event.key === "-") zoom.zoomBy(1 / 1.3);
    else if (event.key === "0") zoom.fit();
    else if (event.key === "Escape") focus.value = undefined;
    else if (event.key === "Delete" && focus.value !== undefined && timeLine.moment.value === undefined) {
      void session.kill(focus.value);
    } else return;
    event.preventDefault();
    canvas.request();
  };

  return (
    <div class="tree" data-testid="tree">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it handles its keys itself, as this role says */}
      <canvas
        ref={canvas.ref}
        tabIndex={0}
        role="application"
        aria-roledescription="process tree"
        aria-label="Process tree. Arrow keys go to parent, children and siblings, Enter folds, plus and minus zoom, 0 fits. The tab Text has the same tree in words."
        aria-describedby="tree-description"
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const found = hit(event);
          focus.value = found && found.pid !== 0 ? found.pid : undefined;
        }}
        onDblClick={(event) => {
          const found = hit(event);
          if (found) toggle(found.pid || found.node.crowd?.cells.find((pid) => pid !== 0));
        }}
        onPointerMove={(event) => {
          const pid = hit(event)?.pid || undefined;
          if (pid === hovered.current) return;
          hovered.current = pid;
          canvas.ref.current!.style.cursor = pid === undefined ? "" : "pointer";
          canvas.request();
        }}
        onPointerLeave={() => {
          hovered.current = undefined;
          canvas.request();
        }}
      />
      <p id="tree-description" class="visually-hidden" aria-live="polite">
        {focus.value !== undefined && describeNode(timeLine.model, scene.structure, focus.value)}
      </p>
      {isEmpty.value && <p class="empty-hint stage-hint">Run a program to see its processes here.</p>}
      <TreeLegend />
      <TreeControls
        zoom={zoom}
        hasFolds={hasFolds.value}
        onResetFolds={() => {
          scene.structure.resetFolds();
          hasFolds.value = false;
          canvas.request();
        }}
      />
    </div>
  );
}
