import { createServer, defaultClientConditions } from "vite";

/** Serves the whole repository as it is, TypeScript translated, to pages. */
export interface Server {
  /** With a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * @param repository  its root directory
 * @param extra       bodies served as JSON under paths of their own
 * @param isIsolated  whether pages are cross-origin isolated
 * @param proxied     origins of servers that answer for a path and what is below it
 */
export async function serveRepository(
  repository: string,
  extra: Readonly<Record<string, Uint8Array>> = {},
  isIsolated = true,
  proxied: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const server = await createServer({
    root: repository,
    configFile: false,
    logLevel: "warn",
    resolve: { conditions: ["@lunatic-web/source", ...defaultClientConditions] },
    appType: "mpa",
    // A page reloaded in the middle of a sample would lose it.
    server: {
      host: "127.0.0.1",
      port: 0,
      hmr: false,
      watch: null,
      headers: isIsolated ? ISOLATION_HEADERS : {},
      proxy: { ...proxied },
    },
    // Nothing is bundled, so nothing is optimised ahead but what is in CommonJS.
    optimizeDeps: { noDiscovery: true, include: ["buffer"] },
    plugins: [
      {
        name: "extra-bodies",
        configureServer: ({ middlewares }) => {
          for (const [path, body] of Object.entries(extra)) {
            middlewares.use(path, (_, response) => {
              response.setHeader("Content-Type", "application/json");
              response.end(body);
            });
          }
        },
      },
    ],
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("The bench server started but names no local URL");
  return { url, close: () => server.close() };
}

/** Fine clocks and SharedArrayBuffer need them. */
export const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
