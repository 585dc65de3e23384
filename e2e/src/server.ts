import { dirname } from "node:path";
import { preview } from "vite";

export interface StaticServer extends AsyncDisposable {
  /** With a slash at its end. */
  readonly url: string;
}

/**
 * Serves a built site as it is, on a free port of this machine.
 * @param directory  holds index.html
 * @param isolated   send the COOP and COEP headers without which a page gets no SharedArrayBuffer
 * @param headers    sent with every file, besides
 */
export async function serveDirectory(
  directory: string,
  { isolated = true, headers = {} }: { isolated?: boolean; headers?: Readonly<Record<string, string>> } = {},
): Promise<StaticServer> {
  const server = await preview({
    root: dirname(directory),
    configFile: false,
    logLevel: "warn",
    appType: "mpa",
    build: { outDir: directory },
    preview: { host: "127.0.0.1", port: 0, headers: { ...(isolated ? ISOLATION_HEADERS : {}), ...headers } },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error(`The server of ${directory} started but names no local URL`);
  return { url, [Symbol.asyncDispose]: () => server.close() };
}

const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
