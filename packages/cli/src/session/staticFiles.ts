import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

/** Without these two headers a browser keeps SharedArrayBuffer away from a page. */
export const ISOLATION_HEADERS: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  // An isolated page may embed this server's files from another port only if they allow it.
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/** Types without which a browser refuses a script, a style or streaming compilation; all else goes as bytes. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".md": "text/plain; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * Answers one request with a file below `root`, or its folder's index.html.
 * @param path    of the URL, still percent-encoded, without the query
 * @param headers added to the answer
 */
export async function serveFile(
  root: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  const file = await findFile(root, path);
  if (file === undefined) {
    response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end(`Nothing is at ${path}\n`);
    return;
  }
  if (file.redirect !== undefined) {
    response.writeHead(301, { Location: file.redirect }).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "Content-Type": CONTENT_TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream",
    "Content-Length": file.sizeBytes,
    // What is served is being worked on.
    "Cache-Control": "no-cache",
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on("error", () => response.destroy())
    .pipe(response);
}

interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** A folder was asked for without its slash: relative addresses on its page would miss it. */
  readonly redirect?: string;
}

async function findFile(root: string, path: string): Promise<FoundFile | undefined> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // A malformed escape names no file.
    return undefined;
  }
  if (decoded.includes("\0")) return undefined;
  const inside = normalize(join(root, decoded));
  if (inside !== root && !inside.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
  const found = await statIfThere(inside);
  if (found === undefined) return undefined;
  if (!found.isDirectory()) return found.isFile() ? { path: inside, sizeBytes: found.size } : undefined;
  const index = join(inside, "index.html");
  const foundIndex = await statIfThere(index);
  if (!foundIndex?.isFile()) return undefined;
  const file = { path: index, sizeBytes: foundIndex.size };
  return path.endsWith("/") ? file : { ...file, redirect: `${path}/` };
}

async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch {
    // Missing, not readable, or a part of the path is a file: all of them are "not found" to a browser.
    return undefined;
  }
}
