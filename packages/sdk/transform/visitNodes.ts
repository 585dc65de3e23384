import { Node } from "assemblyscript";

/** Calls a function for every node of a syntax tree, from the outside in. */
export function visitNodes(nodes: readonly Node[], visit: (node: Node) => void): void {
  for (const node of nodes) {
    visit(node);
    for (const value of Object.values(node)) {
      if (value instanceof Node) visitNodes([value], visit);
      else if (Array.isArray(value))
        visitNodes(
          value.filter((element) => element instanceof Node),
          visit,
        );
    }
  }
}
