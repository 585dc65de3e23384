import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { findAncestor, isAlive, type OsProcess, readOsProcess } from "./ancestors.ts";

const TREE: Readonly<Record<number, OsProcess>> = {
  1: { pid: 1, parent: 0, name: "init", startedAt: "0" },
  20: { pid: 20, parent: 1, name: "cargo", startedAt: "5" },
  30: { pid: 30, parent: 20, name: "cargo", startedAt: "6" },
  40: { pid: 40, parent: 30, name: "sh", startedAt: "7" },
  50: { pid: 50, parent: 40, name: "node", startedAt: "8" },
};

test("the nearest ancestor of a name is found, through shells and npx", () => {
  expect(findAncestor(50, ["cargo"], (pid) => TREE[pid])).toEqual(TREE[30]);
  expect(findAncestor(50, ["make"], (pid) => TREE[pid])).toBeUndefined();
  expect(findAncestor(99, ["cargo"], (pid) => TREE[pid])).toBeUndefined();
});

test("a process is told from a later one with its pid", () => {
  expect(isAlive(TREE[20]!, (pid) => TREE[pid])).toBe(true);
  expect(isAlive({ ...TREE[20]!, startedAt: "4" }, (pid) => TREE[pid])).toBe(false);
});

test("the system tells of this process, and that a child has ended", async () => {
  const own = readOsProcess(process.pid);
  expect(own).toMatchObject({ pid: process.pid, parent: process.ppid });
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  const found = readOsProcess(child.pid!);
  expect(found).toMatchObject({ parent: process.pid });
  child.kill();
  await once(child, "exit");
  expect(isAlive(found!)).toBe(false);
});
