import { expect, it } from "vitest";
import { OUTPUT_WINDOW, OutputWindow } from "./outputWindow.ts";

it("is full when the page has not taken what fills it, and has room when it has", () => {
  const window = new OutputWindow();
  window.add(OUTPUT_WINDOW - 1);
  expect(window.isFull).toBe(false);
  window.add(100);
  expect(window.isFull).toBe(true);
  window.taken(100);
  expect(window.isFull).toBe(false);
});

it("lets those that wait go on in the order in which they came, as long as there is room", () => {
  const window = new OutputWindow();
  const woken: string[] = [];
  const writer = (name: string) => () => {
    woken.push(name);
    window.add(10);
  };
  window.add(OUTPUT_WINDOW + 5);
  for (const name of ["first", "second", "third"]) window.whenRoom(writer(name));
  window.taken(5);
  expect(woken).toEqual([]);
  window.taken(1);
  expect(woken).toEqual(["first"]);
  window.taken(20);
  expect(woken).toEqual(["first", "second", "third"]);
});

it("one that finds no room again waits behind the others", () => {
  const window = new OutputWindow();
  const woken: string[] = [];
  window.add(OUTPUT_WINDOW);
  window.whenRoom(() => {
    woken.push("greedy");
    window.add(100);
    window.whenRoom(() => woken.push("greedy again"));
  });
  window.whenRoom(() => woken.push("patient"));
  window.taken(1);
  expect(woken).toEqual(["greedy"]);
  window.taken(100);
  expect(woken).toEqual(["greedy", "patient", "greedy again"]);
});

it("one that does not wait any more is not called", () => {
  const window = new OutputWindow();
  const woken: string[] = [];
  window.add(OUTPUT_WINDOW);
  const stop = window.whenRoom(() => woken.push("killed"));
  stop();
  window.taken(OUTPUT_WINDOW);
  expect(woken).toEqual([]);
});
