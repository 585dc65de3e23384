import { describe, expect, it } from "vitest";
import { PLAIN, parseAnsi } from "./ansi.ts";

const texts = (line: string) => parseAnsi(line).spans.map((span) => span.text);

describe("looks", () => {
  it("text without sequences is one plain span", () => {
    expect(parseAnsi("é 𝄞 text")).toEqual({ spans: [{ text: "é 𝄞 text", style: PLAIN }], after: PLAIN });
  });

  it("an empty line has no span", () => {
    expect(parseAnsi("").spans).toEqual([]);
  });

  it("a colour holds until it is reset", () => {
    expect(parseAnsi("a\u001b[31mb\u001b[0mc").spans).toEqual([
      { text: "a", style: PLAIN },
      { text: "b", style: { ...PLAIN, foreground: 1 } },
      { text: "c", style: PLAIN },
    ]);
  });

  it("one sequence may set several things, and an empty one resets", () => {
    const { spans, after } = parseAnsi("\u001b[1;3;4;97;44mx\u001b[m");
    expect(spans[0]?.style).toEqual({
      ...PLAIN,
      bold: true,
      italic: true,
      underline: true,
      foreground: 15,
      background: 4,
    });
    expect(after).toEqual(PLAIN);
  });

  it("a style reaches into the next line", () => {
    const { after } = parseAnsi("\u001b[32mgreen");
    expect(parseAnsi("still", after).spans).toEqual([{ text: "still", style: { ...PLAIN, foreground: 2 } }]);
  });

  it.each([
    ["38;5;9", 9],
    ["38;5;196", "rgb(255, 0, 0)"],
    ["38;5;244", "rgb(128, 128, 128)"],
    ["38;2;1;22;255", "rgb(1, 22, 255)"],
  ])("extended colour %s is %s", (code, color) => {
    expect(parseAnsi(`\u001b[${code}mx`).spans[0]?.style.foreground).toBe(color);
  });

  it.each(["38;5;256", "38;2;1;2;999", "38;2;1", "38;7"])("the invalid colour %s changes nothing", (code) => {
    expect(parseAnsi(`\u001b[${code}mx`).spans[0]?.style.foreground).toBeUndefined();
  });
});

describe("safety", () => {
  it.each([
    ["cursor movement", "a\u001b[2Jb\u001b[10;10Hc", "abc"],
    ["a private mode", "a\u001b[?25lb", "ab"],
    ["a window title ended by BEL", "a\u001b]0;title\u0007b", "ab"],
    ["a hyperlink ended by ST", "a\u001b]8;;javascript:alert(1)\u001b\\b", "ab"],
    ["a two-character escape", "a\u001bcb", "ab"],
    ["a charset escape", "a\u001b(Bb", "ab"],
    ["an unfinished sequence at the end", "a\u001b[3", "a"],
    ["a lone escape at the end", "a\u001b", "a"],
    ["backspace, bell and C1 controls", "a\u0008\u0007\u009bb", "ab"],
  ])("%s leaves only the text", (_, line, expected) => {
    expect(texts(line).join("")).toBe(expected);
  });

  it("markup stays text", () => {
    expect(texts("<img src=x onerror=alert(1)>")).toEqual(["<img src=x onerror=alert(1)>"]);
  });

  it("a tab is kept", () => {
    expect(texts("a\tb")).toEqual(["a\tb"]);
  });
});
