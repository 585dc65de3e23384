/** The page's colours as a canvas takes them: names of the custom properties in style/tokens.css. */
const NAMES = [
  "page",
  "surface",
  "raised",
  "hover",
  "selected",
  "border",
  "control-border",
  "text",
  "muted",
  "accent",
  "on-accent",
  "good",
  "info",
  "warn",
  "bad",
  "bad-surface",
] as const;

export type Palette = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads the colours that hold where an element is, light or dark. */
export function readPalette(element: Element): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  // With forced colours every text would be said to have the same one.
  probe.style.setProperty("forced-color-adjust", "none");
  element.append(probe);
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(entries) as Palette;
}

/** The colour with another opacity. @param color as getComputedStyle gives it: "rgb(1, 2, 3)" */
export function withAlpha(color: string, alpha: number): string {
  return color.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*$/, `rgba($1,$2,$3, ${alpha})`);
}
