import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(`${import.meta.dirname}/tokens.css`, "utf8");

/** Token to its colour in one theme, of `--name: light-dark(#…, #…)`. */
function colors(theme: 0 | 1): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, light, dark] of css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
    found.set(name!, [light!, dark!][theme]!);
  }
  return found;
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("in the %s theme", (_, theme) => {
  const color = colors(theme);

  it("text can be read on every surface it is put on (AA, 4.5)", () => {
    const surfaces = ["page", "surface", "raised", "hover", "selected"];
    const pairs = [
      ...surfaces.flatMap((surface) => [["text", surface] as const, ["muted", surface] as const]),
      ...["surface", "hover", "bad-surface"].map((surface) => ["bad", surface] as const),
      ...["text", "muted"].map((text) => [text, "bad-surface"] as const),
      ["on-accent", "accent"] as const,
      ["accent", "page"] as const,
      ["warn", "surface"] as const,
      ...Array.from({ length: 16 }, (_, index) => [`ansi-${index}`, "surface"] as const),
      ...Array.from({ length: 16 }, (_, index) => [`ansi-${index}`, "hover"] as const),
    ];
    const failing = pairs
      .map(([text, surface]) => ({ text, surface, ratio: contrast(color.get(text)!, color.get(surface)!) }))
      .filter(({ ratio }) => !(ratio >= 4.5));
    expect(failing).toEqual([]);
  });

  it("edges of controls and marks of states can be seen (AA, 3)", () => {
    const marks = ["control-border", "good", "info", "warn", "bad", "accent"];
    const failing = marks.filter((mark) => !(contrast(color.get(mark)!, color.get("surface")!) >= 3));
    expect(failing).toEqual([]);
  });
});
