import type { TreeNode } from "./structure.ts";

/** Children stand to the right of their parent, one below the other, or below it, side by side. */
export type Orientation = "right" | "down";

export interface Layout {
  readonly orientation: Orientation;
  readonly width: number;
  readonly height: number;
  /** Room that a process has across the direction of growth, to its neighbour. */
  readonly breadth: number;
}

export const RADIUS = 9;
const RIGHT = { breadth: 32, level: 168 };
/** Side by side they take the width that there is, between dots, whose labels show when one zooms in, and labels in full. */
const DOWN = { least: 30, most: 120, level: 80 };
const MAX_SCALE = 1.25;
/** Between two crowds, and between a crowd and a process. */
const CROWD_GAP = 14;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the leaves can have when the height decides the scale. */
function downBreadth(nodes: readonly TreeNode[], view: Size): number {
  let leaves = 0;
  let depth = 0;
  let crowds = 0;
  for (const node of nodes) {
    depth = Math.max(depth, node.depth);
    if (node.crowd) crowds += node.crowd.width + CROWD_GAP;
    else if (node.children.length === 0) leaves++;
  }
  const scale = Math.min(MAX_SCALE, view.height / (depth * DOWN.level + 40));
  return Math.min(DOWN.most, Math.max(DOWN.least, (view.width / scale - crowds) / Math.max(leaves, 1)));
}

/** Size of a node across the direction of growth. */
function breadthOf({ crowd }: TreeNode, orientation: Orientation, breadth: number): number {
  if (!crowd) return breadth;
  return (orientation === "right" ? crowd.height : crowd.width) + CROWD_GAP;
}

/**
 * Puts every node where it belongs, in O(n): leaves one after the other, parents in the middle of their children. It
 * is ours because nodes have different sizes, crowds the largest, and stay where they are when others come.
 * @param nodes parents before children
 * @param view the room on the screen
 */
export function layOut(nodes: readonly TreeNode[], orientation: Orientation, view: Size): Layout {
  const breadth = orientation === "right" ? RIGHT.breadth : downBreadth(nodes, view);
  const level = orientation === "right" ? RIGHT.level : DOWN.level;

  // Bottom up: how much room each subtree needs. Children come after their parents, so backwards.
  const room = new Map<TreeNode, number>();
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index]!;
    const inner = node.children.reduce((sum, child) => sum + room.get(child)!, 0);
    room.set(node, Math.max(inner, breadthOf(node, orientation, breadth)));
  }
  // Top down: where each subtree begins.
  const begin = new Map<TreeNode, number>();
  let rootsEnd = 0;
  let far = 0;
  for (const node of nodes) {
    let at = begin.get(node);
    if (at === undefined) {
      at = rootsEnd;
      rootsEnd += room.get(node)!;
    }
    const own = room.get(node)!;
    const inner = node.children.reduce((sum, child) => sum + room.get(child)!, 0);
    let next = at + (own - inner) / 2;
    for (const child of node.children) {
      begin.set(child, next);
      next += room.get(child)!;
    }
    const across = at + own / 2;
    const along = node.depth * level;
    const { crowd } = node;
    if (orientation === "right") {
      node.x = crowd ? along - RADIUS : along;
      node.y = crowd ? across - crowd.height / 2 : across;
      far = Math.max(far, along + (crowd ? crowd.width : level * 0.85));
    } else {
      node.x = crowd ? across - crowd.width / 2 : across;
      node.y = crowd ? along - RADIUS : along;
      far = Math.max(far, along + (crowd ? crowd.height : 40));
    }
  }
  return orientation === "right"
    ? { orientation, width: far, height: rootsEnd, breadth }
    : { orientation, width: rootsEnd, height: far, breadth };
}

/** How much a layout must shrink to be seen whole. */
export function fitScale(layout: Layout, width: number, height: number): number {
  return Math.min(width / Math.max(layout.width, 1), height / Math.max(layout.height, 1));
}
