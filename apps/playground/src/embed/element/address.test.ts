import { expect, it } from "vitest";
import { frameAddress, readSettings } from "./address.ts";

function addressOf(attributes: Readonly<Record<string, string>>, hasInlineFiles = false): string {
  const settings = readSettings((name) => attributes[name] ?? null, hasInlineFiles);
  return frameAddress("https://example.org/playground/", settings);
}

it.each([
  [{}, "?embed=both&element="],
  [{ embed: "view", program: "ring", args: "--n 3" }, "?embed=view&element=#program=ring&args=--n+3"],
  [{ theme: "dark", run: "auto", height: "auto" }, "?embed=both&element=&theme=dark&run=auto&height=auto"],
  [{ theme: "pink", run: "later", embed: "none", height: "300px" }, "?embed=both&element="],
  [{ link: "https://elsewhere.example/#project=1.abc&args=7" }, "?embed=both&element=#project=1.abc&args=7"],
  [{ link: "#program=ring", args: "9", program: "hello" }, "?embed=both&element=#program=ring&args=9"],
  [{ src: "app.wasm", program: "hello" }, "?embed=both&element=#project=brought"],
])("%j", (attributes, address) => {
  expect(addressOf(attributes)).toBe(`https://example.org/playground/index.html${address}`);
});

it("files inside the element are brought, whatever it names besides", () => {
  expect(addressOf({ program: "hello" }, true)).toContain("#project=brought");
});
