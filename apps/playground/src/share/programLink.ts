/** What a link to the playground says: which program, started how. */
export interface ProgramLink {
  readonly program: string | undefined;
  /** undefined: the program's own arguments. */
  readonly args: string | undefined;
  /** A whole project, as projectLink.ts writes it, in place of a program of the page. */
  readonly project?: string | undefined;
  /** A lesson's name, in place of a program. */
  readonly lesson?: string | undefined;
}

/** @param hash of the page's address, with or without "#"; unknown keys are ignored */
export function parseProgramLink(hash: string): ProgramLink {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  return {
    program: fields.get("program") || undefined,
    args: fields.get("args") ?? undefined,
    project: fields.get("project") || undefined,
    lesson: fields.get("lesson") || undefined,
  };
}

/** @returns "#program=…", "#lesson=…" or "#project=…", or "" when there is nothing to say */
export function formatProgramLink(link: ProgramLink): string {
  const fields = new URLSearchParams();
  if (link.program !== undefined) fields.set("program", link.program);
  if (link.lesson !== undefined) fields.set("lesson", link.lesson);
  if (link.project !== undefined) fields.set("project", link.project);
  if (link.args !== undefined) fields.set("args", link.args);
  const text = fields.toString();
  return text === "" ? "" : `#${text}`;
}
