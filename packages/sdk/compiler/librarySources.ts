import { libraryFiles, libraryPrefix } from "assemblyscript/asc";

/** The framework that programs import as "lunatic". */
const FRAMEWORK = frameworkFiles(
  import.meta.glob<string>("../assembly/**/*.ts", { query: "?raw", import: "default", eager: true }),
);

const FRAMEWORK_PREFIX = "lunatic/";

/** AssemblyScript's own library: parsed always, for its globals. Those in folders are parsed where they are imported. */
export function globalLibraryFiles(): readonly LibraryFile[] {
  return Object.entries(libraryFiles)
    .filter(([name]) => !name.includes("/"))
    .map(([name, text]) => ({ path: `${libraryPrefix}${name}.ts`, text }));
}

export interface LibraryFile {
  readonly path: string;
  readonly text: string;
}

/**
 * @param internalPath as an import names it, such as ~lib/lunatic or ~lib/rt/common
 * @returns undefined: there is no such file
 */
export function findLibraryFile(internalPath: string): LibraryFile | undefined {
  if (!internalPath.startsWith(libraryPrefix)) return undefined;
  const name = internalPath.slice(libraryPrefix.length);
  for (const candidate of [name, `${name}/index`]) {
    const text = candidate.startsWith(FRAMEWORK_PREFIX)
      ? FRAMEWORK.get(candidate.slice(FRAMEWORK_PREFIX.length))
      : Object.hasOwn(libraryFiles, candidate)
        ? libraryFiles[candidate]
        : undefined;
    if (text !== undefined) return { path: `${libraryPrefix}${candidate}.ts`, text };
  }
  return undefined;
}

function frameworkFiles(globbed: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(globbed).map(([path, text]) => [path.replace(/^\.\.\/assembly\/|\.ts$/g, ""), text]),
  );
}
