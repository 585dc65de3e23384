import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "./httpServer.ts";
import { BLOB_PATH, COMMANDS_PATH, type Command, EVENTS_PATH, type PageEvent } from "./protocol.ts";
import { ISOLATION_HEADERS, serveFile } from "./staticFiles.ts";

export interface PageServerOptions {
  /** Directory with the built page. */
  readonly page: string;
  /** Whether the page gets shared memory. */
  readonly isIsolated: boolean;
  /** Resolves when more events may come. */
  readonly onEvents: (events: readonly PageEvent[]) => Promise<void>;
  /** The page has gone: its tab was closed, it crashed, or its browser did. */
  readonly onGone: () => void;
}

/** The command line's end of one page: serves it, sends it commands and receives its events. */
export interface PageServer {
  /** Where the page is; holds a secret, so that no other page and no other user can speak for it. */
  readonly url: string;
  send(command: Command): void;
  /** Keeps bytes until the page fetches them, once. @returns the number to name them by in a command */
  offer(bytes: Uint8Array): number;
  /** Bytes that the page has sent under a number, once. */
  take(blob: number): Uint8Array;
  close(): Promise<void>;
}

export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const secret = randomBytes(16).toString("hex");
  const folder = `/${secret}/`;
  const headers = options.isIsolated ? ISOLATION_HEADERS : {};
  const offered = new Map<number, Uint8Array>();
  const received = new Map<number, Uint8Array>();
  const unsent: Command[] = [];
  let commands: ServerResponse | undefined;
  let nextBlob = 1;
  let isClosed = false;

  const server = await listen(0, "127.0.0.1", (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (!path.startsWith(folder)) {
      response.writeHead(404).end();
      return;
    }
    const rest = path.slice(folder.length);
    if (rest === COMMANDS_PATH) connect(response);
    else if (rest === EVENTS_PATH && request.method === "POST") {
      await options.onEvents(JSON.parse((await readBody(request)).toString("utf8")) as PageEvent[]);
      response.writeHead(204).end();
    } else if (rest.startsWith(BLOB_PATH)) {
      await answerBlob(Number(rest.slice(BLOB_PATH.length)), request, response);
    } else await serveFile(options.page, `/${rest}`, request, response, headers);
  }

  function connect(response: ServerResponse): void {
    response.writeHead(200, { ...headers, "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.flushHeaders();
    commands = response;
    response.on("close", () => {
      if (!isClosed) options.onGone();
    });
    for (const command of unsent.splice(0)) write(response, command);
  }

  async function answerBlob(blob: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "PUT") {
      received.set(blob, await readBody(request));
      response.writeHead(204).end();
      return;
    }
    const bytes = offered.get(blob);
    offered.delete(blob);
    if (bytes === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(bytes);
  }

  return {
    url: `http://127.0.0.1:${server.port}${folder}`,
    send(command) {
      if (commands === undefined) unsent.push(command);
      else write(commands, command);
    },
    offer(bytes) {
      const blob = nextBlob++;
      offered.set(blob, bytes);
      return blob;
    },
    take(blob) {
      const bytes = received.get(blob);
      received.delete(blob);
      if (bytes === undefined) throw new Error(`The page never sent blob ${blob}`);
      return bytes;
    },
    close() {
      isClosed = true;
      return server.close();
    },
  };
}

/** JSON has no line breaks, so a command is one line of the event stream. */
function write(stream: ServerResponse, command: Command): void {
  stream.write(`data: ${JSON.stringify(command)}\n\n`);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
