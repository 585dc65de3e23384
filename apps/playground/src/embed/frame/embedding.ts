/** `editor`: source and console. `view`: the live view alone. `both`: all of them. */
export type EmbedParts = "editor" | "view" | "both";

/** How the page shows itself in a frame of another page; see docs/embedPlayground.md for the address. */
export interface Embedding {
  readonly parts: EmbedParts;
  /** The program runs as soon as it is there. */
  readonly runsItself: boolean;
  /** The page is as high as its content and tells its height. */
  readonly fitsContent: boolean;
  /** An element of embed.js is around it, which connects. */
  readonly hasElement: boolean;
}

/** In place of a shared project in the page's hash: the element brings the program. */
export const BROUGHT = "brought";

/**
 * @param search    of the page's address
 * @param isFramed  whether another page is around it; a link that is opened by itself never runs anything
 * @returns undefined: the page is not embedded
 */
export function parseEmbedding(search: string, isFramed: boolean): Embedding | undefined {
  const fields = new URLSearchParams(search);
  const parts = fields.get("embed");
  if (parts !== "editor" && parts !== "view" && parts !== "both") return undefined;
  return {
    parts,
    runsItself: isFramed && fields.get("run") === "auto",
    fitsContent: isFramed && fields.get("height") === "auto",
    hasElement: isFramed && fields.has("element"),
  };
}
