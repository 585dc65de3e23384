import { EventKind, type InspectionEvent, SystemModel } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { createEvent } from "../testing/event.ts";
import { layOut } from "./layout.ts";
import { type TreeNode, TreeStructure } from "./structure.ts";
import { walk } from "./treeWalk.ts";

const VIEW = { width: 900, height: 300 };

const spawn = (pid: number, parent: number, text = "worker") =>
  createEvent(EventKind.Spawn, pid, { other: parent, text });
const exit = (pid: number, timeMs = 0) =>
  createEvent(EventKind.Exit, pid, { value: 1, text: "returned", timeMs });

/** A model after these events, and the tree of it. */
function setUp(...events: InspectionEvent[]) {
  const model = new SystemModel();
  model.apply({ events, dropped: 0 });
  const structure = new TreeStructure();
  structure.update(model, { showEnded: true, shownMs: 0 });
  return { model, structure };
}

const many = (count: number, parent = 1) =>
  Array.from({ length: count }, (_, index) => spawn(index + 2, parent));

/** "1(2 3(4))": pids with what is below them; a crowd as its number. */
function text(nodes: readonly TreeNode[]): string {
  return nodes
    .map(({ pid, crowd, children }) => {
      const own = crowd ? `[${crowd.count}]` : String(pid);
      return children.length === 0 ? own : `${own}(${text(children)})`;
    })
    .join(" ");
}

describe("the tree", () => {
  it("has children under their parents, by pid", () => {
    const { structure } = setUp(spawn(1, 0), spawn(2, 1), spawn(4, 2), spawn(3, 1));
    expect(text(structure.roots)).toBe("1(2(4) 3)");
  });

  it("makes one crowd of many siblings that run the same, and opens it", () => {
    const { model, structure } = setUp(spawn(1, 0), ...many(2_000), spawn(5_000, 1, "other"));
    expect(text(structure.roots)).toBe("1(5000 [2000])");
    expect(structure.standsFor.get(77)?.crowd?.count).toBe(2_000);
    structure.toggle(structure.standsFor.get(77)!);
    structure.update(model, { showEnded: true, shownMs: 0 });
    expect(structure.nodes).toHaveLength(2_002);
    structure.resetFolds();
    structure.update(model, { showEnded: true, shownMs: 0 });
    expect(structure.nodes).toHaveLength(3);
  });

  it("leaves a process with a name out of the crowd", () => {
    const named = createEvent(EventKind.NameRegistered, 7, { text: "chief" });
    const { structure } = setUp(spawn(1, 0), ...many(20), named);
    expect(text(structure.roots)).toBe("1(7 [19])");
  });

  it("hides what is below a folded process, which stands for it", () => {
    const { model, structure } = setUp(spawn(1, 0), spawn(2, 1), spawn(3, 2), spawn(4, 3));
    structure.toggle(structure.standsFor.get(2)!);
    structure.update(model, { showEnded: true, shownMs: 0 });
    expect(text(structure.roots)).toBe("1(2)");
    expect(structure.standsFor.get(4)?.pid).toBe(2);
    expect(structure.standsFor.get(2)?.hidden).toBe(2);
  });

  it("lets an ended process stay for a while, and longer while something of it lives", () => {
    const { model, structure } = setUp(
      spawn(1, 0),
      spawn(2, 1),
      spawn(3, 2),
      spawn(4, 1),
      exit(2, 10),
      exit(4, 10),
    );
    const shownAt = (shownMs: number, showEnded = true) => {
      structure.update(model, { showEnded, shownMs });
      return text(structure.roots);
    };
    expect(shownAt(1_000)).toBe("1(2(3) 4)");
    expect(structure.isCurrent(model, { showEnded: true, shownMs: 2_000 })).toBe(true);
    expect(structure.isCurrent(model, { showEnded: true, shownMs: 4_000 })).toBe(false);
    expect(shownAt(4_000)).toBe("1(2(3))");
    expect(shownAt(1_000, false)).toBe("1(2(3))");
  });

  it("keeps every member of a crowd in its cell while others come and go", () => {
    const { model, structure } = setUp(spawn(1, 0), ...many(40));
    const crowd = structure.standsFor.get(2)!.crowd!;
    const cells = new Map([10, 20, 41].map((pid) => [pid, crowd.cellOf(pid)]));
    model.apply({ events: [exit(5), exit(6), spawn(90, 1)], dropped: 0 });
    structure.update(model, { showEnded: false, shownMs: 0 });
    expect(crowd.count).toBe(39);
    for (const [pid, cell] of cells) expect(crowd.cellOf(pid)).toBe(cell);
    expect(crowd.cellOf(90), "the first that is free").toBe(3);
    expect(structure.standsFor.get(90)?.crowd).toBe(crowd);
  });

  it("takes a chain of 20,000 processes", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => spawn(index + 1, index));
    const { structure } = setUp(...chain);
    expect(structure.nodes.at(-1)?.depth).toBe(19_999);
    expect(layOut(structure.nodes, "right", VIEW).width).toBeGreaterThan(20_000);
  });
});

describe("the layout", () => {
  it.each(["right", "down"] as const)("never puts two things into one place (%s)", (orientation) => {
    const { structure } = setUp(
      spawn(1, 0),
      ...many(30),
      spawn(100, 1, "a"),
      ...Array.from({ length: 8 }, (_, index) => spawn(200 + index, 100, "b")),
      ...Array.from({ length: 50 }, (_, index) => spawn(300 + index, 203, "c")),
      spawn(900, 0, "second root"),
    );
    const layout = layOut(structure.nodes, orientation, VIEW);
    const boxes = structure.nodes.map(({ x, y, crowd }) =>
      crowd
        ? { left: x, top: y, right: x + crowd.width, bottom: y + crowd.height }
        : { left: x - 9, top: y - 9, right: x + 9, bottom: y + 9 },
    );
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        const isApart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(isApart, JSON.stringify([a, b])).toBe(true);
      }
      expect(a.right).toBeLessThanOrEqual(layout.width + 9);
      expect(a.bottom).toBeLessThanOrEqual(layout.height + 9);
    }
  });
});

describe("a walk by keyboard", () => {
  it("goes to parent, first child and siblings, and stays where there is no way", () => {
    const { structure } = setUp(spawn(1, 0), spawn(2, 1), spawn(3, 1), spawn(4, 3));
    expect(walk(structure, undefined, "next")).toBe(1);
    expect(walk(structure, 1, "child")).toBe(2);
    expect(walk(structure, 2, "next")).toBe(3);
    expect(walk(structure, 3, "next")).toBe(3);
    expect(walk(structure, 3, "child")).toBe(4);
    expect(walk(structure, 4, "parent")).toBe(3);
    expect(walk(structure, 1, "parent")).toBe(1);
  });

  it("goes through the members of a crowd", () => {
    const { structure } = setUp(spawn(1, 0), ...many(20), spawn(50, 1, "other"));
    expect(walk(structure, 50, "next")).toBe(2);
    expect(walk(structure, 2, "next")).toBe(3);
    expect(walk(structure, 21, "next")).toBe(21);
    expect(walk(structure, 2, "previous")).toBe(50);
    expect(walk(structure, 9, "parent")).toBe(1);
  });
});
