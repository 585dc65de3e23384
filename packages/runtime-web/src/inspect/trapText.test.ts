import { expect, it } from "vitest";
import { formatTrap, parseTrap } from "./trapText.ts";

it("a trap comes out as it was put in", () => {
  const trap = {
    message: "unreachable",
    frames: [
      { name: "app::inner::{{closure}}", offset: 0x1a3 },
      { name: "main/Stack<~lib/string/String>#pop", offset: 7 },
      { name: "function 12", offset: undefined },
    ],
  };

  expect(parseTrap(formatTrap(trap))).toEqual(trap);
});

it("a message alone has no frames", () => {
  expect(parseTrap("all fuel consumed")).toEqual({ message: "all fuel consumed", frames: [] });
});

it("the engine's lines of a process in TypeScript stay whole", () => {
  const text = "it threw: Error: no\n    at work (https://page/app.js:3:5)\n";

  expect(parseTrap(text).frames).toEqual([{ name: "at work (https://page/app.js:3:5)", offset: undefined }]);
});
