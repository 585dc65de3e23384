import * as monaco from "monaco-editor/editor";
import { isDark, onThemeChange } from "../../appearance/theme.ts";

const NAME = "lunatic";

/** Colours of Monaco's parts by the page's tokens. */
const COLOURS: Readonly<Record<string, string>> = {
  "editor.background": "--surface",
  "editor.foreground": "--text",
  "editor.lineHighlightBackground": "--raised",
  "editor.lineHighlightBorder": "--raised",
  "editor.selectionBackground": "--selected",
  "editor.inactiveSelectionBackground": "--hover",
  "editorLineNumber.foreground": "--muted",
  "editorLineNumber.activeForeground": "--text",
  "editorCursor.foreground": "--accent",
  "editorGutter.background": "--surface",
  "editorWidget.background": "--raised",
  "editorWidget.border": "--border",
  "editorSuggestWidget.selectedBackground": "--selected",
  "editorSuggestWidget.selectedForeground": "--text",
  "editorSuggestWidget.highlightForeground": "--accent",
  "editorHoverWidget.background": "--raised",
  "editorHoverWidget.border": "--border",
  "editorIndentGuide.background1": "--border",
  "editorError.foreground": "--bad",
  "editorWarning.foreground": "--warn",
  "editorInfo.foreground": "--info",
  "editorOverviewRuler.border": "--surface",
  focusBorder: "--accent",
  "input.background": "--surface",
  "input.border": "--control-border",
  "list.hoverBackground": "--hover",
  "list.focusBackground": "--selected",
  "menu.background": "--raised",
  "menu.foreground": "--text",
  "menu.selectionBackground": "--selected",
  "menu.selectionForeground": "--text",
  "scrollbarSlider.background": "--border",
  "scrollbarSlider.hoverBackground": "--control-border",
};

/** Monaco's kinds of tokens by the classes that colour source on the page. */
const TOKENS: Readonly<Record<string, string>> = {
  comment: "syntax-comment",
  keyword: "syntax-keyword",
  string: "syntax-string",
  number: "syntax-number",
  type: "syntax-type",
  "type.identifier": "syntax-type",
  annotation: "syntax-attribute",
};

/** Gives all editors the page's colours, now and whenever the page turns from light to dark or back. */
export function followPageTheme(): void {
  applyTheme();
  onThemeChange(applyTheme);
}

function applyTheme(): void {
  const probe = document.createElement("span");
  document.body.append(probe);
  const read = () => toHex(getComputedStyle(probe).color);
  const colors: Record<string, string> = {};
  for (const [part, token] of Object.entries(COLOURS)) {
    // Computed: a token's own text is a light-dark() that Monaco does not know.
    probe.style.color = `var(${token})`;
    colors[part] = read();
  }
  probe.style.color = "";
  const rules = Object.entries(TOKENS).map(([token, className]) => {
    probe.className = className;
    return { token, foreground: read().slice(1) };
  });
  probe.remove();
  monaco.editor.defineTheme(NAME, { base: isDark() ? "vs-dark" : "vs", inherit: true, colors, rules });
  monaco.editor.setTheme(NAME);
}

/** @param color as the browser computes it: rgb(1, 2, 3) or rgba(1, 2, 3, 0.5) */
function toHex(color: string): string {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  const parts = alpha === 1 ? [red, green, blue] : [red, green, blue, alpha * 255];
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}
