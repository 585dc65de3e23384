import type { TreeNode, TreeStructure } from "./structure.ts";

/** Ways to go from one process to another by keyboard, as the eye would. */
export type Direction = "parent" | "child" | "previous" | "next";

/** The process that a step leads to, or the same one where there is none. From nothing it leads to the first. */
export function walk(
  structure: TreeStructure,
  pid: number | undefined,
  direction: Direction,
): number | undefined {
  const node = pid === undefined ? undefined : structure.standsFor.get(pid);
  if (pid === undefined || !node) return firstPid(structure.roots[0]);
  if (node.crowd) {
    const within = walkCrowd(node, pid, direction);
    if (within !== undefined) return within;
  }
  if (direction === "parent") return node.parent ? firstPid(node.parent) : pid;
  if (direction === "child") return firstPid(node.children[0]) ?? pid;
  const siblings = node.parent ? node.parent.children : structure.roots;
  const sibling = siblings[siblings.indexOf(node) + (direction === "next" ? 1 : -1)];
  return firstPid(sibling) ?? pid;
}

function walkCrowd(node: TreeNode, pid: number, direction: Direction): number | undefined {
  const { cells } = node.crowd!;
  if (direction === "parent" || direction === "child") return undefined;
  const step = direction === "next" ? 1 : -1;
  for (let cell = cells.indexOf(pid) + step; cell >= 0 && cell < cells.length; cell += step) {
    if (cells[cell] !== 0) return cells[cell];
  }
  return undefined;
}

function firstPid(node: TreeNode | undefined): number | undefined {
  if (!node) return undefined;
  return node.crowd ? node.crowd.cells.find((pid) => pid !== 0) : node.pid;
}
