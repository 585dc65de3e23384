import { expect, it } from "vitest";
import { OutputPace } from "./outputPace.ts";

function createPace() {
  const frames: (() => void)[] = [];
  const pace = new OutputPace({ onNextFrame: (callback) => frames.push(callback) });
  return { pace, frames };
}

it("takes what ordinary programs print at once", () => {
  const { pace, frames } = createPace();
  for (let line = 0; line < 100; line++) expect(pace.taken(80)).toBeUndefined();
  expect(frames).toHaveLength(1);
});

it("lets a flood wait for the next frame, and takes as much again then", async () => {
  const { pace, frames } = createPace();
  expect(pace.taken(100_000)).toBeUndefined();
  const wait = pace.taken(100_000);
  expect(wait).toBeInstanceOf(Promise);
  expect(frames).toHaveLength(1);
  frames.shift()!();
  await wait;
  expect(pace.taken(100_000)).toBeUndefined();
});
