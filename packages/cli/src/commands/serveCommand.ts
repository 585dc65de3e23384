import { statSync } from "node:fs";
import { resolve } from "node:path";
import { CommandError, ExitStatus } from "../errors.ts";
import type { Io } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import { listen } from "../session/httpServer.ts";
import { ISOLATION_HEADERS, serveFile } from "../session/staticFiles.ts";

const DEFAULT_PORT = 8080;
const MAX_PORT = 65_535;

/**
 * `lunatic-web serve`: until it is interrupted, which is its normal end.
 * @throws CommandError no such directory; the port is taken
 */
export async function serveCommand(args: ParsedArguments, io: Io): Promise<number> {
  const root = resolve(io.cwd, args.positionals[0] ?? ".");
  const port = args.count("port", 0, MAX_PORT) ?? DEFAULT_PORT;
  const host = args.value("host") ?? "127.0.0.1";
  const found = statSync(root, { throwIfNoEntry: false });
  if (!found?.isDirectory()) throw new CommandError(`${root} is no directory; name one that holds the site`);
  const headers = args.has("no-isolation") ? {} : ISOLATION_HEADERS;
  const server = await listen(port, host, (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    serveFile(root, path, request, response, headers).catch(() => response.destroy());
  });
  const shownHost = host.includes(":") ? `[${host}]` : host;
  await io.stdout.write(`Serving ${root} at http://${shownHost}:${server.port}/\nPress Ctrl+C to stop.\n`);
  if (!io.interrupt.aborted) {
    await new Promise<void>((resolve) => io.interrupt.addEventListener("abort", () => resolve()));
  }
  await server.close();
  return ExitStatus.success;
}
