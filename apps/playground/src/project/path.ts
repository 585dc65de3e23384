/** What a visitor asks of a project that cannot be; the message says why and is shown as it is. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}

/** Longer ones break file systems and the layout alike. */
const MAX_PATH_LENGTH = 200;

/** Windows keeps these off, and a path with a slash turned round names two files on one system and one on another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"|?*\\]/;

/**
 * Checks a path of a project: relative, with "/" between folders, and such that it unpacks on every file system.
 * Blanks around it and a leading "./" are dropped.
 * @returns the path as the project names it
 * @throws ProjectError what is wrong with it
 */
export function checkPath(written: string): string {
  const path = written.trim().replace(/^(?:\.\/)+/, "");
  if (path === "") throw new ProjectError("A file needs a name.");
  if (path.length > MAX_PATH_LENGTH)
    throw new ProjectError(`A name has at most ${MAX_PATH_LENGTH} characters.`);
  const forbidden = FORBIDDEN.exec(path);
  if (forbidden) throw new ProjectError(`A name cannot contain ${JSON.stringify(forbidden[0])}.`);
  if (path.startsWith("/")) throw new ProjectError('A name begins in the project, without "/".');
  for (const part of path.split("/")) {
    if (part === "") throw new ProjectError('A name cannot have an empty part between two "/".');
    if (part === "." || part === "..")
      throw new ProjectError('A name cannot contain "." or ".." as a folder.');
    if (/[. ]$/.test(part)) throw new ProjectError("No part of a name ends in a dot or a blank.");
  }
  return path;
}

/** Whether the compiler reads such a file. */
export function isSource(path: string): boolean {
  return path.endsWith(".ts") && !path.endsWith(".d.ts");
}
