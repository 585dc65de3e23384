import { expect, test } from "vitest";
import { type FakeHost, runProgram } from "./testing/fakeHost.ts";

const PROGRAM = `
  import { print } from "lunatic";
  import { lookupNodes, nodeId, nodes } from "lunatic/distributed";
  export function main(): void {
    print(nodeId());
    print(nodes().join());
    const found = lookupNodes("group=workers");
    print(found.ok ? found.value.join() : found.error!.text);
  }`;

test("outside of a distributed system there are no nodes, and a look-up is an error", () => {
  const { stdout } = runProgram(PROGRAM, ({ functions }) => {
    functions["lunatic::distributed.node_id"] = () => 0n;
    functions["lunatic::distributed.nodes_count"] = () => 0;
    functions["lunatic::distributed.get_nodes"] = () => 0;
  });
  expect(stdout).toEqual(["0", "", "the runtime is not part of a distributed system"]);
});

test("nodes are found by their attributes", () => {
  const { stdout } = runProgram(PROGRAM, ({ functions, memory }) => {
    const write = (ptr: number | bigint, ids: readonly bigint[]) => {
      for (const [index, id] of ids.entries()) memory.writeU64(Number(ptr) + 8 * index, id);
      return ids.length;
    };
    Object.assign(functions, {
      "lunatic::distributed.node_id": () => 2n,
      "lunatic::distributed.nodes_count": () => 3,
      "lunatic::distributed.get_nodes": (ptr) => write(ptr!, [1n, 2n, 3n]),
      "lunatic::distributed.exec_lookup_nodes": (ptr, length, query, count) => {
        expect(memory.text(ptr!, length!)).toBe("group=workers");
        memory.writeU64(query!, 9n);
        memory.writeU64(count!, 2n);
        return 0;
      },
      "lunatic::distributed.copy_lookup_nodes_results": (query, ptr, length) => {
        expect([query, length]).toEqual([9n, 2]);
        return write(ptr!, [1n, 3n]);
      },
    } satisfies FakeHost["functions"]);
  });
  expect(stdout).toEqual(["2", "1,2,3", "1,3"]);
});

test("a look-up that fails tells why", () => {
  const { stdout } = runProgram(PROGRAM, ({ functions, memory, addError }) => {
    Object.assign(functions, {
      "lunatic::distributed.node_id": () => 2n,
      "lunatic::distributed.nodes_count": () => 0,
      "lunatic::distributed.get_nodes": () => 0,
      "lunatic::distributed.exec_lookup_nodes": (_ptr, _length, _query, _count, error) => {
        memory.writeU64(error!, addError("the control server is away"));
        return 1;
      },
    } satisfies FakeHost["functions"]);
  });
  expect(stdout.at(-1)).toBe("the control server is away");
});
