import { expect, it } from "vitest";
import { isScriptName, processClassOf, shortScriptName } from "./scriptName.ts";

it.each([
  ["main/worker", "worker"],
  ["src/stack/Stack<~lib/string/String>#push", "Stack<String>#push"],
  ["main/main~anonymous|0", "main (anonymous)"],
  ["~lib/lunatic/process/spawn/run", "run"],
])("%s is called %s", (symbol, name) => {
  expect(isScriptName(symbol)).toBe(true);
  expect(shortScriptName(symbol)).toBe(name);
});

it.each(["tree::grow", "<a::B as c::D>::e", "main", "_ZN3app4mainE", "function 3"])(
  "%s is no name of AssemblyScript",
  (symbol) => {
    expect(isScriptName(symbol)).toBe(false);
    expect(processClassOf(symbol)).toBeUndefined();
  },
);

it("the function that starts processes of a class tells the class", () => {
  expect(processClassOf("main/__initDivider")).toBe("Divider");
  expect(processClassOf("src/shop/__initTill")).toBe("Till");
  expect(processClassOf("main/worker")).toBeUndefined();
});
