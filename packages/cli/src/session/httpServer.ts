import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { CommandError, errorCode, errorText } from "../errors.ts";

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on this machine only.
 * @param port 0 takes any free one
 * @throws CommandError the port is taken, or may not be used
 */
export async function listen(port: number, host: string, handle: RequestListener): Promise<HttpServer> {
  const server = createServer(handle);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new CommandError(portProblem(error, port, host))));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // An event stream or a browser's idle connection would keep it open.
        server.closeAllConnections();
      }),
  };
}

function portProblem(error: unknown, port: number, host: string): string {
  switch (errorCode(error)) {
    case "EADDRINUSE":
      return `Port ${port} is taken: choose another one with --port, or --port 0 for any free one`;
    case "EACCES":
      return `Port ${port} may not be used by this user: choose one above 1023 with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is no address of this machine: name one with --host, or 0.0.0.0 for all`;
    default:
      return `Cannot listen on port ${port}: ${errorText(error)}`;
  }
}
