/** The page's files are not where they should be: a fault of its server, not of the visitor. */
export class CatalogError extends Error {
  override readonly name = "CatalogError";
  readonly url: string;
  constructor(url: string, found: string) {
    super(`Cannot read ${url}: ${found}; serve the whole dist folder of the playground`);
    this.url = url;
  }
}

/** @throws CatalogError there is no such file, or no network */
export async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new CatalogError(url, error instanceof Error ? error.message : String(error));
  });
  if (!response.ok)
    throw new CatalogError(url, `the server answered ${response.status} ${response.statusText}`.trim());
  return response;
}
