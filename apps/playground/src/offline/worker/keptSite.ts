import type { SiteFile, SiteFiles } from "./siteFiles.ts";

/** The server has another version of a file than this version of the site. */
export class OtherVersionError extends Error {
  override readonly name = "OtherVersionError";

  constructor(path: string) {
    super(`${path} on the server is of another version of the playground: reload the page`);
  }
}

/** What the kept site does outside: a part of a service worker's surroundings. */
export interface Surroundings {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Address of the site's folder, with a slash at its end. */
  readonly scope: string;
}

const HASH_HEADER = "Lunatic-Content-Hash";
/**
 * Isolation, whether the host gives it or not: with these a page gets SharedArrayBuffer. The last lets isolated pages of
 * other origins embed this one.
 */
const HEADERS: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/**
 * One version of the site in a cache of its own. What is in it has the content that its version lists, so files of two
 * versions are never mixed, whatever the server has meanwhile.
 */
export class KeptSite {
  readonly #files: SiteFiles;
  readonly #around: Surroundings;
  readonly #hashes: ReadonlyMap<string, string>;

  constructor(files: SiteFiles, around: Surroundings) {
    this.#files = files;
    this.#around = around;
    this.#hashes = new Map([...files.core, ...files.rest]);
  }

  has(path: string): boolean {
    return this.#hashes.has(path);
  }

  /** @throws Error a file cannot be had, or is of another version: then nothing of this version may be used */
  async keepCore(): Promise<void> {
    await Promise.all(this.#files.core.map((file) => this.#keep(file)));
  }

  /**
   * Keeps one file after the other, so that others of the page's requests come between.
   * @param progress  called after each, with the number of files kept and of all
   */
  async keepAll(progress: (kept: number, all: number) => void): Promise<void> {
    const { core, rest } = this.#files;
    let kept = core.length;
    for (const file of rest) {
      await this.#keep(file);
      progress(++kept, core.length + rest.length);
    }
  }

  /**
   * @throws OtherVersionError
   * @throws TypeError there is no network
   */
  async answer(path: string): Promise<Response> {
    const cache = await this.#cache();
    const kept = await cache.match(this.#url(path));
    return kept ?? this.#fetchAndKeep([path, this.#hashes.get(path)!]);
  }

  /** Frees what earlier versions have left. */
  async dropOthers(): Promise<void> {
    const { caches } = this.#around;
    const names = (await caches.keys()).filter((name) => this.#isOurs(name) && name !== this.#cacheName);
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  async #keep(file: SiteFile): Promise<void> {
    const [path, hash] = file;
    const cache = await this.#cache();
    if (await cache.match(this.#url(path))) return;
    const same = await this.#inOtherVersion(path, hash);
    if (same) await cache.put(this.#url(path), same);
    else await this.#fetchAndKeep(file);
  }

  async #fetchAndKeep([path, hash]: SiteFile): Promise<Response> {
    const url = this.#url(path);
    // The browser's own cache may hold another version where addresses have no hash.
    for (const cache of ["default", "reload"] as const) {
      const response = await this.#around.fetch(new Request(url, { cache }));
      if (!response.ok) throw new OtherVersionError(path);
      const content = await response.arrayBuffer();
      if ((await sha256(content)) !== hash) continue;
      const made = withHeaders(content, response.headers.get("Content-Type"), hash);
      await (await this.#cache()).put(url, made.clone());
      return made;
    }
    throw new OtherVersionError(path);
  }

  async #inOtherVersion(path: string, hash: string): Promise<Response | undefined> {
    const { caches } = this.#around;
    for (const name of await caches.keys()) {
      if (!this.#isOurs(name) || name === this.#cacheName) continue;
      const found = await (await caches.open(name)).match(this.#url(path));
      if (found?.headers.get(HASH_HEADER) === hash) return found;
    }
    return undefined;
  }

  /** Several playgrounds may share an origin. */
  #isOurs(name: string): boolean {
    return name.startsWith(`lunatic-playground ${this.#around.scope} `);
  }

  get #cacheName(): string {
    return `lunatic-playground ${this.#around.scope} ${this.#files.version}`;
  }

  #cache(): Promise<Cache> {
    return this.#around.caches.open(this.#cacheName);
  }

  #url(path: string): string {
    return new URL(path, this.#around.scope).href;
  }
}

/** A response that was not redirected, as an answer to a navigation must be, and that isolates the page. */
function withHeaders(content: ArrayBuffer, type: string | null, hash: string): Response {
  const headers = new Headers({ ...HEADERS, [HASH_HEADER]: hash });
  if (type !== null) headers.set("Content-Type", type);
  return new Response(content, { headers });
}

async function sha256(content: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
