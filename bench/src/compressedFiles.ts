import { readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { BYTES_SENT, PLAYGROUND_PATH } from "./question.ts";

/** What hosts compress; pictures are compressed already. */
const COMPRESSED = new Set([".html", ".js", ".css", ".json", ".wasm", ".svg", ".rs", ".webmanifest", ".ttf"]);
const MIME_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".rs": "text/plain; charset=utf-8",
  ".ttf": "font/ttf",
  ".webmanifest": "application/manifest+json",
};

/**
 * Sends a site's files as public hosts do, gzipped, hashed ones to be kept for good, and counts the bytes of the bodies. The
 * count is at `BYTES_SENT`, and begins anew when it has been read.
 * @param folder   of the built site
 * @param headers  sent with every file
 */
export function compressedFiles(folder: string, headers: Readonly<Record<string, string>>): Plugin {
  const gzipped = new Map<string, Buffer>();
  let sent = 0;

  function bodyOf(path: string): Buffer | undefined {
    const known = gzipped.get(path);
    if (known) return known;
    const file = join(folder, normalize(`/${path}`));
    if (!COMPRESSED.has(extname(path)) || !statSync(file, { throwIfNoEntry: false })?.isFile())
      return undefined;
    const body = gzipSync(readFileSync(file), { level: 9 });
    gzipped.set(path, body);
    return body;
  }

  return {
    name: "bench-compressed-files",
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? "", "http://localhost");
        if (!pathname.startsWith(PLAYGROUND_PATH)) return next();
        const path = pathname.slice(PLAYGROUND_PATH.length) || "index.html";
        if (path === BYTES_SENT) {
          response.end(String(sent));
          sent = 0;
          return;
        }
        const body = bodyOf(path);
        if (!body) return next();
        sent += body.length;
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        response.setHeader("Content-Type", MIME_TYPES[extname(path)] ?? "application/octet-stream");
        response.setHeader("Content-Encoding", "gzip");
        const isForGood = path.startsWith("assets/");
        response.setHeader("Cache-Control", isForGood ? "max-age=31536000, immutable" : "max-age=600");
        response.end(body);
      });
    },
  };
}
