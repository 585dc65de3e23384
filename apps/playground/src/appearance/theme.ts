/** `auto`: as the browser or system is set. */
export type Theme = "auto" | "light" | "dark";

/** Colours that an embedding page may choose: names of custom properties in style/tokens.css, without "--". */
export const CHOOSABLE_COLORS = ["accent", "page", "surface", "raised", "text", "muted", "border"] as const;
export type ColorChoices = Readonly<Partial<Record<(typeof CHOOSABLE_COLORS)[number], string>>>;

const listeners = new Set<() => void>();
const root = (): HTMLElement => document.documentElement;

/** @returns undefined: the text names no theme */
export function parseTheme(text: string | null | undefined): Theme | undefined {
  return text === "auto" || text === "light" || text === "dark" ? text : undefined;
}

/** Whether dark colours are shown, by choice or by the system's. */
export function isDark(): boolean {
  const chosen = root().dataset.theme;
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

/** Gives the page a theme of its own, whatever the system's is. */
export function chooseTheme(theme: Theme): void {
  if (theme === "auto") delete root().dataset.theme;
  else root().dataset.theme = theme;
  tell();
}

/** Puts colours in the place of the page's own; what is no colour is left out. */
export function chooseColors(colors: ColorChoices): void {
  const { style } = root();
  for (const name of CHOOSABLE_COLORS) {
    const value = colors[name];
    if (value !== undefined && CSS.supports("color", value)) style.setProperty(`--${name}`, value);
    else style.removeProperty(`--${name}`);
  }
  // Text on the accent must be readable whatever the accent is.
  if (style.getPropertyValue("--accent") === "") style.removeProperty("--on-accent");
  else style.setProperty("--on-accent", isBright("var(--accent)") ? "#000000" : "#ffffff");
  tell();
}

/**
 * Calls back after the page's colours have changed, for what is not drawn by CSS.
 * @returns ends it
 */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Whether black can be read on a colour better than white. */
function isBright(color: string): boolean {
  const probe = document.createElement("span");
  probe.style.color = color;
  document.body.append(probe);
  const context = new OffscreenCanvas(1, 1).getContext("2d")!;
  context.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return luminance(red, green, blue) > 0.179;
}

/** WCAG 2.2, "relative luminance"; at 0.179 black and white have the same contrast. */
function luminance(...channels: readonly number[]): number {
  const [red, green, blue] = channels
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** Hears of the system's colours. Called once, by the page. */
export function followSystemTheme(): void {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", tell);
  }
}
