import { expect, test } from "vitest";
import { DividedPidDirectory } from "./dividedPidDirectory.ts";
import type { Pid } from "./ids.ts";

const pid = (number: number) => number as Pid;

test("executors give out different pids, each in order, the home from 1 on", () => {
  const [home, other] = [1, 0].map((own) => new DividedPidDirectory(own, 1, 2));
  const ofHome = Array.from({ length: 3000 }, () => home!.allocate());
  const ofOther = Array.from({ length: 3000 }, () => other!.allocate());
  expect(ofHome[0]).toBe(1);
  for (const pids of [ofHome, ofOther]) expect(pids).toEqual([...pids].sort((a, b) => a - b));
  expect(new Set([...ofHome, ...ofOther]).size).toBe(6000);
  for (const one of ofHome) expect(other!.birthplace(one)).toBe(1);
  for (const one of ofOther) expect(home!.birthplace(one)).toBe(0);
});

test("the birthplace knows where its processes are, and that they are dead", () => {
  const directory = new DividedPidDirectory(0, 0, 2);
  const child = directory.allocate();
  expect(directory.locate(child)).toBeUndefined();
  directory.place(child, 1, 0);
  expect([directory.locate(child), directory.authority(child)]).toEqual([1, undefined]);
  directory.release(child);
  expect([directory.locate(child), directory.authority(child)]).toEqual([undefined, undefined]);
});

test("others take a process for living, and know whom to ask", () => {
  const directory = new DividedPidDirectory(1, 0, 2);
  expect([directory.locate(pid(5)), directory.authority(pid(5))]).toEqual([0, 0]);
});

test("a process that came here is known here, and its birthplace is to be told of its end", () => {
  const directory = new DividedPidDirectory(1, 0, 2);
  directory.place(pid(5), 1, 0);
  expect([directory.locate(pid(5)), directory.authority(pid(5))]).toEqual([1, undefined]);
  directory.release(pid(5));
  expect(directory.authority(pid(5))).toBe(0);
});

test("what is no pid is nowhere", () => {
  const directory = new DividedPidDirectory(1, 0, 2);
  for (const number of [0, -1, Number.NaN]) expect(directory.locate(pid(number))).toBeUndefined();
});

test("the processes that a lost executor had are taken out once", () => {
  const directory = new DividedPidDirectory(0, 0, 3);
  directory.place(pid(1), 0, 0);
  directory.place(pid(2), 1, 0);
  directory.place(pid(3), 2, 0);
  expect(directory.takeAllOn(1)).toEqual([2]);
  expect(directory.takeAllOn(1)).toEqual([]);
  expect(directory.locate(pid(3))).toBe(2);
});
