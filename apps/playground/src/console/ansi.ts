/** How a stretch of text looks: what SGR sequences ("ESC [ … m") can set. */
export interface TextStyle {
  readonly foreground: AnsiColor | undefined;
  readonly background: AnsiColor | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly inverse: boolean;
}

/** An index into the 16 themed colours, or a fixed colour as "rgb(r, g, b)". */
export type AnsiColor = number | `rgb(${number}, ${number}, ${number})`;

export interface StyledText {
  readonly text: string;
  readonly style: TextStyle;
}

export const PLAIN: TextStyle = {
  foreground: undefined,
  background: undefined,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

const ESCAPE = "\u001b";
/**
 * ECMA-48: control sequences (CSI), operating system commands (OSC, ended by BEL or ST) and two-character escapes;
 * an unfinished one runs to the end of the text.
 */
const SEQUENCE = new RegExp(
  [
    String.raw`\u001b\[([0-9;:<=>?]*)[ -/]*([@-~]|$)`,
    String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)`,
    String.raw`\u001b[ -/]*(?:[0-~]|$)`,
  ].join("|"),
  "g",
);
/** C0 without tab and line feed, DEL and C1. */
const CONTROL = /[^\P{Cc}\t\n]/gu;

/**
 * Splits one line into stretches of one look each. Colours and weights take effect; every other escape sequence
 * and control character is removed, so a guest's output can neither move the cursor nor hide text.
 * @param before the style in force at the line's start, which is what the line before it ended with
 * @returns the stretches, none of them empty, and the style at the line's end
 */
export function parseAnsi(
  line: string,
  before: TextStyle = PLAIN,
): { spans: StyledText[]; after: TextStyle } {
  const spans: StyledText[] = [];
  let style = before;
  const push = (text: string) => {
    const clean = text.replace(CONTROL, "");
    if (clean !== "") spans.push({ text: clean, style });
  };
  if (!line.includes(ESCAPE)) {
    push(line);
    return { spans, after: style };
  }
  let end = 0;
  for (const match of line.matchAll(SEQUENCE)) {
    push(line.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[2] === "m") style = applyParameters(style, match[1] ?? "");
  }
  push(line.slice(end));
  return { spans, after: style };
}

function applyParameters(style: TextStyle, parameters: string): TextStyle {
  const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
  let next = style;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes, i + 1);
      i += used;
      if (color !== undefined) next = { ...next, [code === 38 ? "foreground" : "background"]: color };
    } else {
      next = { ...next, ...effect(code) };
    }
  }
  return next;
}

function effect(code: number): Partial<TextStyle> {
  if (code >= 30 && code <= 37) return { foreground: code - 30 };
  if (code >= 90 && code <= 97) return { foreground: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { background: code - 40 };
  if (code >= 100 && code <= 107) return { background: code - 100 + 8 };
  return EFFECTS[code] ?? {};
}

const EFFECTS: Readonly<Record<number, Partial<TextStyle>>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { foreground: undefined },
  49: { background: undefined },
};

/** 38;5;n (256 colours) and 38;2;r;g;b. */
function extendedColor(codes: readonly number[], at: number): { color: AnsiColor | undefined; used: number } {
  if (codes[at] === 5) return { color: paletteColor(codes[at + 1]), used: 2 };
  if (codes[at] === 2) {
    const [red, green, blue] = [codes[at + 1], codes[at + 2], codes[at + 3]];
    const valid = isByte(red) && isByte(green) && isByte(blue);
    return { color: valid ? `rgb(${red}, ${green}, ${blue})` : undefined, used: 4 };
  }
  return { color: undefined, used: 0 };
}

/** The xterm palette: 16 themed colours, a 6×6×6 cube, 24 greys. */
function paletteColor(index: number | undefined): AnsiColor | undefined {
  if (!isByte(index)) return undefined;
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))}, ${level(Math.floor(cube / 6) % 6)}, ${level(cube % 6)})`;
}

function isByte(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;
}
