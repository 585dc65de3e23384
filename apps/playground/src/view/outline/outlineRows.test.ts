import { EventKind, type InspectionEvent, SystemModel } from "@lunatic-web/runtime/inspect";
import { expect, it } from "vitest";
import { TreeStructure } from "../tree/structure.ts";
import { outlineRows, outlineText } from "./outlineRows.ts";

const NOW = { showEnded: true, shownMs: 0 };

function setUp(...events: readonly Partial<InspectionEvent>[]) {
  const model = new SystemModel();
  const empty = { timeMs: 0, executor: 0, environment: 1, other: 0, tag: 0n, value: 0, pid: 0 };
  const complete = events.map((event, sequence) => ({ ...empty, sequence, ...event }) as InspectionEvent);
  model.apply({ events: complete, dropped: 0 });
  const structure = new TreeStructure();
  structure.update(model, NOW);
  return { model, structure };
}

const spawn = (pid: number, other: number, text = "worker") => ({ kind: EventKind.Spawn, pid, other, text });

it("every process has a line with its place among its siblings, and says whether something is below it", () => {
  const { structure } = setUp(spawn(1, 0, "main"), spawn(2, 1), spawn(3, 1), spawn(4, 3));
  const rows = () => outlineRows(structure.nodes, structure.roots, undefined);
  expect(rows().map(({ pid, place, siblings, isOpen }) => [pid, place, siblings, isOpen])).toEqual([
    [1, 1, 1, true],
    [2, 1, 2, undefined],
    [3, 2, 2, true],
    [4, 1, 1, undefined],
  ]);
});

it("a folded process says how many are below it", () => {
  const { model, structure } = setUp(spawn(1, 0, "main"), spawn(2, 1), spawn(3, 2));
  structure.toggle(structure.standsFor.get(1)!);
  structure.update(model, NOW);
  const rows = outlineRows(structure.nodes, structure.roots, undefined);
  expect(rows).toMatchObject([{ pid: 1, isOpen: false }]);
  expect(outlineText(rows[0]!, model)).toContain("2 below it");
});

it("links and monitors are told by name", () => {
  const { model, structure } = setUp(
    spawn(1, 0, "main"),
    spawn(2, 1),
    { kind: EventKind.Link, pid: 1, other: 2 },
    { kind: EventKind.Monitor, pid: 1, other: 2 },
  );
  const [row] = outlineRows(structure.nodes, structure.roots, undefined);
  expect(outlineText(row!, model)).toContain("linked to 2 worker, monitors 2 worker");
});

it("a thousand siblings that run the same are one line", () => {
  const many = Array.from({ length: 1_000 }, (_, index) => spawn(index + 2, 1));
  const { model, structure } = setUp(spawn(1, 0, "main"), ...many);
  const rows = outlineRows(structure.nodes, structure.roots, undefined);
  expect(rows).toMatchObject([{ pid: 1 }, { pid: 2, isOpen: false }]);
  expect(outlineText(rows[1]!, model)).toBe("1,000 processes that run the same");
});

it("only what is looked for has a line", () => {
  const { structure } = setUp(spawn(1, 0, "main"), spawn(2, 1), spawn(3, 1, "other"));
  const rows = outlineRows(structure.nodes, structure.roots, ({ label }) => label === "other");
  expect(rows.map(({ pid }) => pid)).toEqual([3]);
});
