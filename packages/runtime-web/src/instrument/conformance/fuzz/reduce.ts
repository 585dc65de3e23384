import type { FunctionTree, ModuleTree, Node } from "./tree.ts";
import { trivial } from "./tree.ts";

/**
 * Makes a failing module small: tries to put nothing, a zero or an inner part of the same type in the place of every
 * instruction, as long as the module still fails, until nothing more can go.
 * @param fails  whether a module still shows the fault; false for an invalid one
 */
export function reduceModule(module: ModuleTree, fails: (candidate: ModuleTree) => boolean): ModuleTree {
  let best = module;
  for (let shrunk = true; shrunk; ) {
    shrunk = false;
    for (let f = 0; f < best.functions.length; f++) {
      for (let position = 0; ; position++) {
        const result = shrinkAt(best, f, position, fails);
        if (result === "end") break;
        if (result === "kept") continue;
        best = result;
        shrunk = true;
        // What is now in the place may shrink again.
        position--;
      }
    }
  }
  return best;
}

/** Tries all replacements of the node at a position of the function's nodes in order. */
function shrinkAt(
  module: ModuleTree,
  f: number,
  position: number,
  fails: (candidate: ModuleTree) => boolean,
): ModuleTree | "kept" | "end" {
  const tree = module.functions[f];
  const node = tree && nodesOf(tree.body)[position];
  if (tree === undefined || node === undefined) return "end";
  for (const replacement of replacementsOf(node)) {
    const body = tree.body.map((statement) => replaced(statement, node, replacement));
    const functions = module.functions.with(f, { ...tree, body } satisfies FunctionTree);
    const candidate = { ...module, functions };
    if (fails(candidate)) return candidate;
  }
  return "kept";
}

function* replacementsOf(node: Node): Generator<Node> {
  const zero = trivial(node.type);
  if (JSON.stringify(zero) === JSON.stringify(node)) return;
  yield zero;
  // Outermost first: the smaller the rest, the fewer the steps.
  for (const inner of nodesOf(node.parts.filter(isNode)).toReversed()) {
    if (inner.type === node.type && inner.parts.length > 0) yield inner;
  }
}

function nodesOf(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...nodesOf(node.parts.filter(isNode))]);
}

function isNode(part: readonly number[] | Node): part is Node {
  return "parts" in part;
}

function replaced(node: Node, target: Node, replacement: Node): Node {
  if (node === target) return replacement;
  if (!node.parts.some((part) => isNode(part))) return node;
  return {
    ...node,
    parts: node.parts.map((part) => (isNode(part) ? replaced(part, target, replacement) : part)),
  };
}
