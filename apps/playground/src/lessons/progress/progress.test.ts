import { expect, it } from "vitest";
import { createProgress } from "./progress.ts";
import type { ProgressStore, SavedProgress } from "./progressStore.ts";

const LINKS: SavedProgress = { lesson: "links", reached: ["linked"], isDone: false };
const NAMES: SavedProgress = { lesson: "names", reached: ["named"], isDone: true };

function storeWith(...saved: SavedProgress[]): ProgressStore & { readonly kept: Map<string, SavedProgress> } {
  const kept = new Map(saved.map((progress) => [progress.lesson, progress]));
  return {
    kept,
    list: async () => [...kept.values()],
    save: async (progress) => void kept.set(progress.lesson, progress),
    remove: async (lesson) => void kept.delete(lesson),
    clear: async () => kept.clear(),
  };
}

it("what was reached is there the next time", async () => {
  const store = storeWith(LINKS);
  const progress = createProgress(store);
  await progress.ready;
  progress.set(NAMES);
  const next = createProgress(store);
  await next.ready;
  expect([...next.lessons.value.values()]).toEqual([LINKS, NAMES]);
});

it("what is reached while the rest is being read is not lost by that", async () => {
  const progress = createProgress(storeWith(LINKS));
  const newer = { ...LINKS, isDone: true };
  progress.set(newer);
  await progress.ready;
  expect(progress.lessons.value.get("links")).toEqual(newer);
});

it("one lesson is forgotten, or all are, and who looks on is told", async () => {
  const store = storeWith(LINKS, NAMES);
  const progress = createProgress(store);
  await progress.ready;
  progress.forget("links");
  expect([...progress.lessons.value.keys()]).toEqual(["names"]);
  progress.forgetAll();
  expect(progress.lessons.value.size).toBe(0);
  expect(store.kept.size).toBe(0);
  expect(progress.forgotten.value).toBe(2);
});

it("where the browser keeps nothing, progress lasts as long as the page, and that is known", async () => {
  const refuse = () => Promise.reject(new Error("no storage here"));
  const progress = createProgress({ list: refuse, save: refuse, remove: refuse, clear: refuse });
  await progress.ready;
  progress.set(LINKS);
  expect(progress.isKept.value).toBe(false);
  expect(progress.lessons.value.get("links")).toEqual(LINKS);
});
