import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { KeptSite, OtherVersionError } from "./keptSite.ts";

const scope = "https://example.org/playground/";
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** CacheStorage as far as the site uses it. */
function cacheStorage() {
  const stores = new Map<string, Map<string, Response>>();
  const open = async (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>();
    stores.set(name, store);
    return {
      match: async (url: string) => store.get(url)?.clone(),
      put: async (url: string, response: Response) => void store.set(url, response),
    };
  };
  const storage = {
    open,
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
  };
  return { stores, caches: storage as unknown as CacheStorage };
}

/** A server with files, which counts what it is asked for. */
function serverWith(files: Record<string, string>) {
  const asked: string[] = [];
  return {
    files,
    asked,
    fetch: async ({ url, cache }: Request) => {
      const path = url.slice(scope.length);
      asked.push(`${path} ${cache}`);
      const content = files[path];
      return content === undefined ? new Response("", { status: 404 }) : new Response(content);
    },
  };
}

function siteOf(version: string, core: Record<string, string>, rest: Record<string, string> = {}) {
  const list = (files: Record<string, string>) =>
    Object.entries(files).map(([path, content]) => [path, hashOf(content)] as const);
  return { version, core: list(core), rest: list(rest) };
}

it("what is kept is answered without the server, with the headers that isolate a page", async () => {
  const server = serverWith({ "index.html": "page" });
  const site = new KeptSite(siteOf("1", { "index.html": "page" }), { ...cacheStorage(), ...server, scope });
  await site.keepCore();
  server.files["index.html"] = "another page";
  const answer = await site.answer("index.html");
  expect(await answer.text()).toBe("page");
  expect(answer.headers.get("Cross-Origin-Embedder-Policy")).toBe("require-corp");
  expect(server.asked).toHaveLength(1);
});

it("a file of another version is asked for past the browser's cache, then refused, and never kept", async () => {
  const server = serverWith({ "index.html": "page", "a.wasm": "newer" });
  const { caches, stores } = cacheStorage();
  const site = new KeptSite(siteOf("1", {}, { "a.wasm": "older" }), { caches, ...server, scope });
  await expect(site.answer("a.wasm")).rejects.toThrow(OtherVersionError);
  expect(server.asked).toEqual(["a.wasm default", "a.wasm reload"]);
  expect([...stores.values()].flatMap((store) => [...store.keys()])).toEqual([]);
  server.files["a.wasm"] = "older";
  expect(await (await site.answer("a.wasm")).text()).toBe("older");
});

it("a version of which a file of the core is missing is not complete", async () => {
  const site = new KeptSite(siteOf("1", { "index.html": "page" }), {
    ...cacheStorage(),
    ...serverWith({}),
    scope,
  });
  await expect(site.keepCore()).rejects.toThrow(OtherVersionError);
});

it("a new version takes what has not changed from the old one, and drops the old one when it takes over", async () => {
  const { caches, stores } = cacheStorage();
  const server = serverWith({ "index.html": "page 1", "big.js": "same" });
  const around = { caches, ...server, scope };
  const before = new KeptSite(siteOf("1", { "index.html": "page 1" }, { "big.js": "same" }), around);
  await before.keepCore();
  const progress: string[] = [];
  await before.keepAll((kept, all) => progress.push(`${kept}/${all}`));
  expect(progress).toEqual(["2/2"]);
  server.files["index.html"] = "page 2";
  server.asked.length = 0;

  const after = new KeptSite(siteOf("2", { "index.html": "page 2", "big.js": "same" }), around);
  await after.keepCore();
  expect(server.asked).toEqual(["index.html default"]);
  expect(await (await before.answer("index.html")).text()).toBe("page 1");
  stores.set("lunatic-playground https://example.org/other/ 1", new Map());
  await after.dropOthers();
  expect([...stores.keys()]).toEqual([
    `lunatic-playground ${scope} 2`,
    "lunatic-playground https://example.org/other/ 1",
  ]);
});
