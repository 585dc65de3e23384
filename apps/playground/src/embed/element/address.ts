import { parseTheme, type Theme } from "../../appearance/theme.ts";
import type { EmbedParts } from "../frame/embedding.ts";
import { BROUGHT } from "../frame/embedding.ts";

/** What the attributes of an element say of its frame. */
export interface FrameSettings {
  readonly parts: EmbedParts;
  readonly theme: Theme;
  readonly runsItself: boolean;
  readonly fitsContent: boolean;
  /** Name of one of the playground's programs. */
  readonly program: string | undefined;
  /** A link that the playground's share dialog made. */
  readonly link: string | undefined;
  /** The line of the arguments field; undefined: the program's own. */
  readonly args: string | undefined;
  /** The page around brings the program itself. */
  readonly isBrought: boolean;
}

/** @param read  of an attribute, null where it is missing */
export function readSettings(read: (name: string) => string | null, hasInlineFiles: boolean): FrameSettings {
  const parts = read("embed");
  return {
    parts: parts === "editor" || parts === "view" ? parts : "both",
    theme: parseTheme(read("theme")) ?? "auto",
    runsItself: read("run") === "auto",
    fitsContent: read("height") === "auto",
    program: read("program") ?? undefined,
    link: read("link") ?? undefined,
    args: read("args") ?? undefined,
    isBrought: read("src") !== null || hasInlineFiles,
  };
}

/** @param playground  address of the playground's folder, with a slash at its end */
export function frameAddress(playground: string, settings: FrameSettings): string {
  const url = new URL("index.html", playground);
  url.searchParams.set("embed", settings.parts);
  url.searchParams.set("element", "");
  if (settings.theme !== "auto") url.searchParams.set("theme", settings.theme);
  if (settings.runsItself) url.searchParams.set("run", "auto");
  if (settings.fitsContent) url.searchParams.set("height", "auto");
  url.hash = frameHash(settings);
  return url.href;
}

function frameHash({ isBrought, link, program, args }: FrameSettings): string {
  if (isBrought) return `project=${BROUGHT}`;
  const fields = new URLSearchParams(link === undefined ? "" : link.slice(link.indexOf("#") + 1));
  if (link === undefined && program !== undefined) fields.set("program", program);
  if (args !== undefined) fields.set("args", args);
  return fields.toString();
}
