import { RunError, VolumeError } from "@lunatic-web/runtime";
import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Program } from "../programs/catalog.ts";
import { program } from "../run/testing/scriptedRun.ts";
import { createProjectStorage, type StorageRuntime } from "./projectStorage.ts";

/** Runs through what is due. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A runtime whose storage is a list of names under each volume; undefined is the one in memory. */
function setUp({ isEmbedded = false } = {}) {
  const volumes = new Map<string, string[]>();
  const faults = new Map<string, "taken" | "damaged" | "unavailable">();
  const changes: (string | undefined)[] = [];
  const freed = new Map<string, () => void>();
  const state = { isBusy: false, isLost: false, isFull: false, protections: 0 };
  let memory: string[] = [];
  let open: string | undefined;
  const names = () => (open === undefined ? memory : volumes.get(open)!);
  const runtime = {
    changeStorage: async (persist?: string) => {
      if (state.isBusy) throw new RunError("something runs");
      const fault = persist === undefined ? undefined : faults.get(persist);
      if (fault !== undefined) throw new VolumeError(fault, `it is ${fault}`);
      changes.push(persist);
      memory = [];
      open = persist;
      if (persist !== undefined && !volumes.has(persist)) volumes.set(persist, []);
      return { backing: persist === undefined ? undefined : ("opfs" as const), isLost: state.isLost };
    },
    files: {
      list: async () => names().map((name) => ({ name, kind: "file", sizeBytes: 1, modifiedMs: 0 })),
      remove: async (path: string) => void names().splice(names().indexOf(path.slice(1)), 1),
      sync: async () => {},
      usage: async () => ({ volume: open === undefined ? undefined : { isFull: state.isFull } }),
    },
    databases: { list: async () => [] },
  } as unknown as StorageRuntime;
  const storage = createProjectStorage(Promise.resolve(runtime), {
    isEmbedded,
    isBusy: () => state.isBusy,
    volumes: async () => ({
      whenVolumeIsFree: (name) => new Promise((resolve) => freed.set(name, resolve)),
      deleteVolume: async (name) => {
        volumes.delete(name);
        faults.delete(name);
      },
    }),
    space: {
      space: signal(undefined),
      look: async () => {},
      protect: async () => void state.protections++,
    },
  });
  const write = (name: string) => names().push(name);
  return {
    storage,
    state,
    volumes,
    faults,
    changes,
    write,
    listed: names,
    free: (name: string) => freed.get(name)?.(),
  };
}

const kept = { kind: "kept", backing: "opfs" };
const memory = (why: string) => expect.objectContaining({ kind: "memory", why });
const lesson = { ...program("lesson-files"), lesson: {} } as unknown as Program;

it("each project has files of its own, found again when it runs the next time", async () => {
  const { storage, changes, write, listed } = setUp();
  await storage.openForRun(program("one"), false);
  write("a");
  await storage.openForRun(program("two"), false);
  expect(listed()).toEqual([]);
  await storage.openForRun(program("one"), false);
  await storage.openForRun(program("one"), false);
  expect([listed(), storage.place.value, storage.owner.value?.name]).toEqual([["a"], kept, "one"]);
  expect(changes).toEqual(["playground one", "playground two", "playground one"]);
});

it("a lesson, a frame and a repeatable run begin with nothing, in memory", async () => {
  const { storage, changes, write, listed, volumes } = setUp();
  await storage.openForRun(program("one"), false);
  write("a");
  await storage.openForRun(lesson, false);
  expect([listed(), storage.place.value]).toEqual([[], memory("lesson")]);
  write("of the lesson");
  await storage.openForRun(program("one"), true);
  expect([listed(), storage.place.value]).toEqual([[], memory("repeatable")]);
  write("of the run");
  await storage.openForRun(program("one"), true);
  expect([listed(), volumes.get("playground one")]).toEqual([[], ["a"]]);
  await storage.openToLook(program("one"));
  expect(storage.place.value).toEqual(memory("repeatable"));
  await storage.takeOver();
  expect([listed(), storage.place.value]).toEqual([["a"], kept]);
  await storage.openForRun(program("one"), true);
  await storage.openForRun(program("one"), false);
  expect([listed(), storage.place.value]).toEqual([["a"], kept]);
  expect(changes).toHaveLength(7);
  const frame = setUp({ isEmbedded: true });
  await frame.storage.openForRun(program("one"), false);
  expect([frame.changes, frame.storage.place.value]).toEqual([[], memory("embedded")]);
});

it("a project that another tab has is in memory, and taken over at its end if nothing would be lost", async () => {
  const { storage, faults, free, state } = setUp();
  faults.set("playground one", "taken");
  await storage.openForRun(program("one"), false);
  expect(storage.place.value).toEqual(memory("taken"));
  faults.clear();
  await settled();
  free("playground one");
  await settled();
  expect([storage.place.value, state.protections]).toEqual([kept, 0]);
});

it("a project that another tab has had is taken over when the visitor says so, if he has written something meanwhile", async () => {
  const { storage, faults, free, write, listed } = setUp();
  faults.set("playground one", "taken");
  await storage.openForRun(program("one"), false);
  write("mine");
  faults.clear();
  await settled();
  free("playground one");
  await settled();
  expect([storage.place.value, listed()]).toEqual([memory("free"), ["mine"]]);
  await storage.takeOver();
  expect([storage.place.value, listed()]).toEqual([kept, []]);
});

it("a project that is left is not taken over any more", async () => {
  const { storage, faults, free, changes } = setUp();
  faults.set("playground one", "taken");
  await storage.openForRun(program("one"), false);
  await storage.openForRun(program("two"), false);
  await settled();
  free("playground one");
  await settled();
  expect([storage.owner.value?.name, changes]).toEqual(["two", ["playground two"]]);
});

it("what is damaged is told, and gone when the visitor starts afresh", async () => {
  const { storage, faults, volumes } = setUp();
  volumes.set("playground one", ["a"]);
  faults.set("playground one", "damaged");
  await storage.openToLook(program("one"));
  expect(storage.place.value).toEqual({ kind: "memory", why: "damaged", detail: "it is damaged" });
  await storage.startAfresh();
  expect([storage.place.value, volumes.get("playground one")]).toEqual([kept, []]);
});

it("a browser that keeps nothing is told, with its reason", async () => {
  const { storage, faults } = setUp();
  faults.set("playground one", "unavailable");
  await storage.openToLook(program("one"));
  expect(storage.place.value).toEqual({ kind: "memory", why: "unavailable", detail: "it is unavailable" });
});

it("starting afresh empties the project, and no other", async () => {
  const { storage, write, listed, volumes } = setUp();
  await storage.openForRun(program("one"), false);
  write("a");
  await storage.openForRun(program("two"), false);
  write("b");
  write("c");
  await storage.startAfresh();
  expect([listed(), volumes.get("playground one")]).toEqual([[], ["a"]]);
});

it("a program that is forgotten leaves nothing", async () => {
  const { storage, write, volumes } = setUp();
  await storage.openForRun(program("one"), false);
  write("a");
  await storage.forget(program("one"));
  expect([volumes.has("playground one"), storage.place.value]).toEqual([false, undefined]);
});

it("while something runs nobody gets other files", async () => {
  const { storage, state, write, listed } = setUp();
  await storage.openForRun(program("one"), false);
  write("a");
  state.isBusy = true;
  await storage.openToLook(program("two"));
  await storage.startAfresh();
  expect([storage.owner.value?.name, listed()]).toEqual(["one", ["a"]]);
});

it("the browser is asked to protect what is kept after the first run that could write, and not before", async () => {
  const { storage, state } = setUp();
  await storage.openToLook(program("one"));
  await storage.runEnded();
  expect(state.protections).toBe(0);
  await storage.openForRun(program("one"), false);
  await storage.runEnded();
  expect(state.protections).toBe(1);
});

it("it is told when the browser takes no more, and when changes were lost by that", async () => {
  const { storage, state } = setUp();
  await storage.openForRun(program("one"), false);
  state.isFull = true;
  await storage.look();
  expect(storage.isFull.value).toBe(true);
  state.isLost = true;
  await storage.openForRun(program("two"), false);
  expect([storage.isFull.value, storage.lostOf.value]).toEqual([false, "one"]);
  storage.dismissLoss();
  expect(storage.lostOf.value).toBeUndefined();
});
