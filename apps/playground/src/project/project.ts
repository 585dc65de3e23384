import { checkPath, isSource, ProjectError } from "./path.ts";

/** A program as its author writes it. Never changed: an edit makes another project, so two can be compared at once. */
export interface Project {
  /** Texts by path, in the order of their tabs. */
  readonly files: ReadonlyMap<string, string>;
  /** The file that exports `main`. */
  readonly entry: string;
}

/** A project of more files is not for a page; the limits also bound what a hostile link or archive can do. */
export const MAX_FILES = 200;
export const MAX_PROJECT_LENGTH = 2_000_000;

/**
 * @param entry the file to begin with; by default main.ts, index.ts, or the first that is a source
 * @throws ProjectError a path is wrong, there are too many files or too long ones, or none that can be compiled
 */
export function createProject(files: Iterable<readonly [string, string]>, entry?: string): Project {
  const checked = new Map<string, string>();
  let length = 0;
  for (const [path, text] of files) {
    checked.set(checkPath(path), text);
    length += text.length;
    if (checked.size > MAX_FILES) throw new ProjectError(`A project has at most ${MAX_FILES} files.`);
    if (length > MAX_PROJECT_LENGTH) {
      throw new ProjectError(`The texts of a project have at most ${MAX_PROJECT_LENGTH} characters.`);
    }
  }
  return { files: checked, entry: findEntry(checked, entry) };
}

/** @throws ProjectError there is no such file, or the project grows beyond its limit */
export function writeFile(project: Project, path: string, text: string): Project {
  const before = readFile(project, path);
  if (text === before) return project;
  return { ...project, files: new Map(project.files).set(path, text) };
}

/** @throws ProjectError the name is wrong or taken, or there are too many files */
export function addFile(project: Project, written: string, text = ""): Project {
  const path = freePath(project, written);
  return createProject([...project.files, [path, text]], project.entry);
}

/** The file keeps its place among the others. @throws ProjectError the new name is wrong or taken */
export function renameFile(project: Project, from: string, written: string): Project {
  readFile(project, from);
  if (checkPath(written) === from) return project;
  const to = freePath(project, written, from);
  const isEntry = project.entry === from;
  if (isEntry && !isSource(to)) throw new ProjectError("The file that begins the program is a .ts file.");
  const files = [...project.files].map(([path, text]) => [path === from ? to : path, text] as const);
  return createProject(files, isEntry ? to : project.entry);
}

/** @throws ProjectError it is the file that begins the program */
export function deleteFile(project: Project, path: string): Project {
  readFile(project, path);
  if (path === project.entry) {
    throw new ProjectError(`${path} begins the program: name another one so before you delete it.`);
  }
  return { ...project, files: new Map([...project.files].filter(([other]) => other !== path)) };
}

/** @throws ProjectError the compiler does not read such a file */
export function setEntry(project: Project, path: string): Project {
  readFile(project, path);
  if (!isSource(path)) throw new ProjectError("Only a .ts file can begin a program.");
  return { ...project, entry: path };
}

export function isSameProject(one: Project, other: Project): boolean {
  if (one === other) return true;
  if (one.entry !== other.entry || one.files.size !== other.files.size) return false;
  const others = [...other.files];
  return [...one.files].every(
    ([path, text], index) => others[index]?.[0] === path && others[index]?.[1] === text,
  );
}

function readFile({ files }: Project, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new ProjectError(`There is no file ${path} in this project.`);
  return text;
}

/** @param except the file that gives up its name */
function freePath(project: Project, written: string, except?: string): string {
  const path = checkPath(written);
  const others = [...project.files.keys()].filter((other) => other !== except);
  // Two names that differ in case only are one file on many systems.
  const taken = others.find((other) => other.toLowerCase() === path.toLowerCase());
  if (taken !== undefined) throw new ProjectError(`There is a file ${taken} already.`);
  const asFolder = others.find((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
  if (asFolder !== undefined)
    throw new ProjectError(`${path} and ${asFolder} cannot both be: one is a folder.`);
  return path;
}

function findEntry(files: ReadonlyMap<string, string>, wanted: string | undefined): string {
  if (wanted !== undefined) {
    if (files.has(wanted) && isSource(wanted)) return wanted;
    throw new ProjectError(`The project begins with ${wanted}, which is not among its .ts files.`);
  }
  const sources = [...files.keys()].filter(isSource);
  const found =
    ["main.ts", "index.ts", "src/main.ts", "src/index.ts"].find((path) => sources.includes(path)) ??
    sources[0];
  if (found === undefined) throw new ProjectError("There is no .ts file in this project.");
  return found;
}
