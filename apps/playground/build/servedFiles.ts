import { createHash } from "node:crypto";
import { extname } from "node:path";
import type { Plugin } from "vite";

/** What is in a file, or what makes it when somebody wants it. */
export type SiteContent = string | Buffer | (() => Promise<string | Buffer>);
/** Path within the site to content. */
export type SiteFiles = ReadonlyMap<string, SiteContent>;

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".map": "application/json",
  ".rs": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * Puts files that are made of others into the site, and serves them while it is developed.
 * @param folder of the site that they are in, with "/" at its end
 * @param read makes them; asked anew for each request, so that what was changed meanwhile is served
 */
export function servedFiles(name: string, folder: string, read: () => SiteFiles): Plugin {
  return {
    name,
    async generateBundle() {
      for (const [path, content] of read()) {
        this.emitFile({ type: "asset", fileName: path, source: await made(content) });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "", "http://localhost").pathname.slice(1);
        const content = path.startsWith(folder) ? read().get(path) : undefined;
        if (content === undefined) return next();
        made(content).then((body) => {
          response.setHeader("Content-Type", MIME_TYPES[extname(path)] ?? "application/octet-stream");
          response.end(body);
        }, next);
      });
    },
  };
}

/** An address with a hash of the content, so that a browser's cache never pairs an old file with a new one. */
export function hashedAddress(path: string, content: string | Buffer): string {
  return `${path}?${createHash("sha256").update(content).digest("hex").slice(0, 12)}`;
}

async function made(content: SiteContent): Promise<string | Buffer> {
  return typeof content === "function" ? content() : content;
}
