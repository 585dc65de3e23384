/** A file of the site: its address within it, and the SHA-256 of its content in hexadecimal. */
export type SiteFile = readonly [path: string, sha256: string];

/** All files of one version of the site; made by build/offlineSite.ts. */
export interface SiteFiles {
  /** Changes with any file. */
  readonly version: string;
  /** What the page needs to be there and to run a module. Kept before this version is used. */
  readonly core: readonly SiteFile[];
  /** Everything else: programs, compiler, editor. Kept when it is first used, or when there is time. */
  readonly rest: readonly SiteFile[];
}

/**
 * @param scope  address of the site's folder, with a slash at its end
 * @returns the path of a file within the site; undefined: it lies elsewhere
 */
export function pathInSite(url: string, scope: string): string | undefined {
  const { origin, pathname } = new URL(url);
  const home = new URL(scope);
  if (origin !== home.origin || !pathname.startsWith(home.pathname)) return undefined;
  const path = decodeURI(pathname.slice(home.pathname.length));
  return path === "" ? "index.html" : path;
}
