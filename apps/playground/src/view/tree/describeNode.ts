import type { SystemModel } from "@lunatic-web/runtime/inspect";
import { explainState, nameProcess } from "../processText.ts";
import type { TreeStructure } from "./structure.ts";

/** A process and its place in the system in one sentence, for those who do not see the picture. */
export function describeNode(model: SystemModel, structure: TreeStructure, pid: number): string {
  const process = model.process(pid);
  if (!process) return `Process ${pid} is no longer kept.`;
  const node = structure.standsFor.get(pid);
  const parent = model.process(process.parent);
  const parts = [
    `Process ${nameProcess(process)}`,
    explainState(process),
    parent ? `child of ${nameProcess(parent)}` : "root",
  ];
  if (node?.crowd) parts.push(`one of ${node.crowd.count} that run the same`);
  else if (node && node.children.length > 0)
    parts.push(`${count(node.children.length, "child", "children")} in the tree`);
  if (process.links.size > 0) parts.push(`linked to ${list(process.links)}`);
  if (process.monitors.size > 0) parts.push(`monitors ${list(process.monitors)}`);
  if (process.mailboxDepth > 0)
    parts.push(`${count(process.mailboxDepth, "message waits", "messages wait")}`);
  if (process.restarts > 0) parts.push(`restarted ${count(process.restarts, "time", "times")}`);
  return `${parts.join(", ")}.`;
}

function count(value: number, one: string, many: string): string {
  return `${value} ${value === 1 ? one : many}`;
}

function list(pids: ReadonlySet<number>): string {
  const shown = [...pids].slice(0, 5).join(", ");
  return pids.size > 5 ? `${shown} and ${pids.size - 5} more` : shown;
}
