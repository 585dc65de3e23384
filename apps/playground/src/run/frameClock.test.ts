import { effect } from "@preact/signals";
import { expect, it } from "vitest";
import { createFrameClock } from "./frameClock.ts";

it("any number of requests between two frames is one render", () => {
  const scheduled: (() => void)[] = [];
  const clock = createFrameClock((callback) => scheduled.push(callback));
  let renders = 0;
  effect(() => {
    clock.frame.value;
    renders++;
  });
  for (let i = 0; i < 1_000; i++) clock.request();
  expect(scheduled).toHaveLength(1);
  scheduled.shift()?.();
  expect(renders).toBe(2);
  clock.request();
  expect(scheduled).toHaveLength(1);
});

it("a flush renders without waiting for the display", () => {
  const clock = createFrameClock(() => {});
  const before = clock.frame.value;
  clock.flush();
  expect(clock.frame.value).toBe(before + 1);
});
