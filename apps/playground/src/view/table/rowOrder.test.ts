import { EventKind, SystemModel } from "@lunatic-web/runtime/inspect";
import { expect, it } from "vitest";
import { createEvent } from "../testing/event.ts";
import { RowOrder, type RowQuery } from "./rowOrder.ts";

const BY_TREE: RowQuery = { sorting: { column: "tree", descending: false }, showEnded: true, filter: "" };
const BY_FUEL: RowQuery = { ...BY_TREE, sorting: { column: "fuel", descending: true } };

function apply(
  model: SystemModel,
  kind: EventKind,
  pids: readonly number[],
  value = 0,
  text = "entry",
): void {
  const events = pids.map((pid) => createEvent(kind, pid, { value, text }));
  model.apply({ events, dropped: 0 });
}

function spawned(count: number): SystemModel {
  const model = new SystemModel();
  apply(
    model,
    EventKind.Spawn,
    Array.from({ length: count }, (_, i) => i + 1),
  );
  return model;
}

const pids = ({ rows }: { rows: readonly { pid: number }[] }) => rows.map((row) => row.pid);

it("rows are made anew only when the tree has changed", () => {
  const model = spawned(3);
  const order = new RowOrder();
  const { rows } = order.rows(model, BY_TREE, 0);
  expect(order.rows(model, BY_TREE, 10_000).rows).toBe(rows);
  apply(model, EventKind.MessageSent, [1, 2, 3]);
  expect(order.rows(model, BY_TREE, 10_000).rows).toBe(rows);
  apply(model, EventKind.Spawn, [4]);
  expect(pids(order.rows(model, BY_TREE, 10_000))).toEqual([1, 2, 3, 4]);
});

it("rows sorted by a running figure hold still for a while and say when to ask again", () => {
  const model = spawned(2);
  const order = new RowOrder();
  expect(pids(order.rows(model, BY_FUEL, 1_000))).toEqual([1, 2]);
  apply(model, EventKind.FuelUsed, [2], 99);
  const early = order.rows(model, BY_FUEL, 1_100);
  expect(pids(early)).toEqual([1, 2]);
  expect(pids(order.rows(model, BY_FUEL, 1_100 + early.staleForMs))).toEqual([2, 1]);
});

it("the tree of thousands of processes is not ordered at every frame", () => {
  const model = spawned(5_000);
  const order = new RowOrder();
  order.rows(model, BY_TREE, 0);
  apply(model, EventKind.Spawn, [5_001]);
  expect(order.rows(model, BY_TREE, 16)).toMatchObject({
    staleForMs: expect.any(Number),
    rows: { length: 5_000 },
  });
  expect(order.rows(model, BY_TREE, 1_000).rows).toHaveLength(5_001);
});

it("another question or another run is answered at once", () => {
  const model = spawned(2);
  const order = new RowOrder();
  order.rows(model, BY_FUEL, 0);
  apply(model, EventKind.FuelUsed, [2], 99);
  expect(pids(order.rows(model, { ...BY_FUEL, sorting: { column: "pid", descending: true } }, 1))).toEqual([
    2, 1,
  ]);
  expect(pids(order.rows(spawned(3), BY_TREE, 2))).toEqual([1, 2, 3]);
});

it("the filter finds pids exactly, names and entry functions in part", () => {
  const model = spawned(12);
  apply(model, EventKind.NameRegistered, [7], 0, "The Counter");
  const order = new RowOrder();
  const found = (filter: string) => pids(order.rows(model, { ...BY_TREE, filter }, 0));
  expect(found("1")).toEqual([1]);
  expect(found(" counter ")).toEqual([7]);
  expect(found("ENT")).toHaveLength(12);
  expect(found("nothing")).toEqual([]);
});

it("ended processes are left out when they are not wanted", () => {
  const model = spawned(3);
  apply(model, EventKind.Exit, [2], 1);
  expect(pids(new RowOrder().rows(model, { ...BY_TREE, showEnded: false }, 0))).toEqual([1, 3]);
});
