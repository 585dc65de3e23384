import type { ObservedProcess, SystemModel } from "@lunatic-web/runtime/inspect";
import { explainState, nameProcess } from "../processText.ts";
import type { TreeNode } from "../tree/structure.ts";

/** A line of the tree as text. */
export interface OutlineRow {
  readonly node: TreeNode;
  /** Process that is chosen with the line: of a crowd the first. */
  readonly pid: number;
  /** Among those of the same parent, from 1, and how many these are. */
  readonly place: number;
  readonly siblings: number;
  /** undefined: there is nothing below it. */
  readonly isOpen: boolean | undefined;
}

/** @param matches what is looked for; undefined: nothing */
export function outlineRows(
  nodes: readonly TreeNode[],
  roots: readonly TreeNode[],
  matches: ((process: ObservedProcess) => boolean) | undefined,
): OutlineRow[] {
  const places = new Map<TreeNode, number>();
  for (const siblings of [roots, ...nodes.map(({ children }) => children)]) {
    for (const [index, node] of siblings.entries()) places.set(node, index + 1);
  }
  return nodes
    .filter(({ process }) => matches?.(process) ?? true)
    .map((node) => {
      const siblings = node.parent ? node.parent.children : roots;
      const isFolded = node.crowd !== undefined || node.hidden > 0;
      return {
        node,
        pid: node.crowd ? (node.crowd.cells.find((pid) => pid !== 0) ?? 0) : node.pid,
        place: places.get(node)!,
        siblings: siblings.length,
        isOpen: isFolded ? false : node.children.length > 0 ? true : undefined,
      };
    });
}

/** What a line says after the process' name: state, relations, mailbox. */
export function outlineText({ node }: OutlineRow, model: SystemModel): string {
  const { process, crowd } = node;
  if (crowd) return `${crowd.count.toLocaleString("en")} processes that run the same`;
  const parts = [explainState(process)];
  if (node.hidden > 0) parts.push(`${node.hidden.toLocaleString("en")} below it`);
  if (process.links.size > 0) parts.push(`linked to ${names(process.links, model)}`);
  if (process.monitors.size > 0) parts.push(`monitors ${names(process.monitors, model)}`);
  if (process.mailboxDepth > 0) parts.push(`${process.mailboxDepth.toLocaleString("en")} in its mailbox`);
  if (process.restarts > 0) parts.push(`restarted ${process.restarts} times`);
  return parts.join(", ");
}

/** Related processes named one by one; of the others only the number. */
const NAMED = 4;

function names(pids: ReadonlySet<number>, model: SystemModel): string {
  const named = [...pids].slice(0, NAMED).map((pid) => {
    const process = model.process(pid);
    return process ? nameProcess(process) : String(pid);
  });
  const more = pids.size - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}
