import { join } from "node:path";
import { build, preview } from "vite";
import { compressedFiles } from "./compressedFiles.ts";
import { PLAYGROUND_PATH } from "./question.ts";
import { ISOLATION_HEADERS, type Server } from "./server.ts";

/**
 * Builds the playground and serves it as its visitors get it. Its address is of another origin than the bench's pages:
 * the bench server passes requests below `PLAYGROUND_PATH` on to it.
 * @param repository  its root directory
 */
export async function servePlayground(repository: string): Promise<Server> {
  const root = join(repository, "apps/playground");
  const outDir = join(repository, "bench/dist/playground");
  await build({ root, logLevel: "warn", build: { outDir, chunkSizeWarningLimit: 20_000 } });
  const server = await preview({
    root,
    base: PLAYGROUND_PATH,
    configFile: false,
    logLevel: "warn",
    build: { outDir },
    plugins: [compressedFiles(outDir, ISOLATION_HEADERS)],
    preview: { host: "127.0.0.1", port: 0, headers: ISOLATION_HEADERS },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("The playground is served but names no local URL");
  return { url, close: () => server.close() };
}
