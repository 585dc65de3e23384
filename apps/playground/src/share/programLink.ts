/** What a link to the playground says: which program, started how. */
export interface ProgramLink {
  readonly program: string | undefined;
  /** undefined: the program's own arguments. */
  readonly args: string | undefined;
}

/** @param hash of the page's address, with or without "#"; unknown keys are ignored */
export function parseProgramLink(hash: string): ProgramLink {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  return { program: fields.get("program") || undefined, args: fields.get("args") ?? undefined };
}

/** @returns "#program=…", or "" when there is nothing to say */
export function formatProgramLink(link: ProgramLink): string {
  const fields = new URLSearchParams();
  if (link.program !== undefined) fields.set("program", link.program);
  if (link.args !== undefined) fields.set("args", link.args);
  const text = fields.toString();
  return text === "" ? "" : `#${text}`;
}
