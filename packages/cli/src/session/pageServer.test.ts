import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { serveCommand } from "../commands/serveCommand.ts";
import { parseArguments } from "../options/parseArguments.ts";
import { SERVE } from "../options/specs.ts";
import { createMemoryIo } from "../testing/memoryIo.ts";
import { type PageServer, type PageServerOptions, startPageServer } from "./pageServer.ts";
import type { PageEvent } from "./protocol.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "page-server-"));
  mkdirSync(join(folder, "site", "sub"), { recursive: true });
  writeFileSync(join(folder, "site", "index.html"), "<p>home</p>");
  writeFileSync(join(folder, "site", "a b.wasm"), "wasm");
  writeFileSync(join(folder, "site", "sub", "index.html"), "<p>sub</p>");
  writeFileSync(join(folder, "secret.txt"), "secret");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The path goes out as it is written here; fetch would tidy it up. */
function request(
  origin: string,
  path: string,
): Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    }).on("error", reject);
  });
}

async function withServe(
  options: readonly string[],
  check: (origin: string) => Promise<void>,
): Promise<number> {
  const io = createMemoryIo(folder);
  const serving = serveCommand(parseArguments(SERVE, ["site", "--port", "0", ...options]), io);
  await vi.waitFor(() => expect(io.written.stdout).toContain("Serving"));
  try {
    await check(/http:\S+/.exec(io.written.stdout)![0]);
  } finally {
    io.abort(130);
  }
  return serving;
}

describe("serve", () => {
  test("sends files with their types and the isolation headers, until it is interrupted", async () => {
    const status = await withServe([], async (origin) => {
      const home = await request(origin, "/");
      expect(home.body).toBe("<p>home</p>");
      expect(home.headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      expect((await request(origin, "/a%20b.wasm")).headers["content-type"]).toBe("application/wasm");
      expect(await request(origin, "/sub")).toMatchObject({ status: 301, headers: { location: "/sub/" } });
      expect((await request(origin, "/sub/")).body).toBe("<p>sub</p>");
    });
    expect(status).toBe(0);
  });

  test("leaves the headers out on request", async () => {
    await withServe(["--no-isolation"], async (origin) => {
      expect((await request(origin, "/")).headers).not.toHaveProperty("cross-origin-opener-policy");
    });
  });

  test.for(["/missing", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%zz", "/a%00b"])(
    "finds nothing at %s",
    async (path) => {
      await withServe([], async (origin) => {
        const { status, body } = await request(origin, path);
        expect(status).toBe(404);
        expect(body).not.toContain("secret\n");
      });
    },
  );

  test("says what to do when the port is taken", async () => {
    await withServe([], async (origin) => {
      const argv = ["site", "--port", new URL(origin).port];
      await expect(serveCommand(parseArguments(SERVE, argv), createMemoryIo(folder))).rejects.toThrow(
        "is taken: choose another one with --port",
      );
    });
  });
});

async function withPage(
  options: Partial<PageServerOptions>,
  check: (server: PageServer) => Promise<void>,
): Promise<void> {
  const server = await startPageServer({
    page: join(folder, "site"),
    isIsolated: true,
    onEvents: async () => {},
    onGone: () => {},
    ...options,
  });
  try {
    await check(server);
  } finally {
    await server.close();
  }
}

describe("the server of a page", () => {
  test("answers only who knows its secret", async () => {
    await withPage({}, async ({ url }) => {
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(new URL("/", url))).status).toBe(404);
      expect(
        (await fetch(new URL(`/${"0".repeat(32)}/events`, url), { method: "POST", body: "[]" })).status,
      ).toBe(404);
    });
  });

  test("sends commands in order, also those from before the page came, and tells when it is gone", async () => {
    const onGone = vi.fn();
    await withPage({ onGone }, async (server) => {
      server.send({ type: "stop", run: 1 });
      const leave = new AbortController();
      const stream = await fetch(`${server.url}commands`, { signal: leave.signal });
      server.send({ type: "stop", run: 2 });
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      while (!text.includes('"run":2')) text += (await reader.read()).value;
      expect(text).toBe('data: {"type":"stop","run":1}\n\ndata: {"type":"stop","run":2}\n\n');
      expect(onGone).not.toHaveBeenCalled();
      leave.abort();
      await vi.waitFor(() => expect(onGone).toHaveBeenCalledOnce());
    });
  });

  test("takes events in batches, and answers when more may come", async () => {
    const received: PageEvent[] = [];
    let isTaken = false;
    const onEvents = async (events: readonly PageEvent[]) => {
      received.push(...events);
      await new Promise(setImmediate);
      isTaken = true;
    };
    await withPage({ onEvents }, async ({ url }) => {
      const event: PageEvent = { type: "launched", run: 1, rootPid: 1 };
      await fetch(`${url}events`, { method: "POST", body: JSON.stringify([event, event]) });
      expect(received).toEqual([event, event]);
      expect(isTaken).toBe(true);
    });
  });

  test("carries bytes both ways, each once", async () => {
    await withPage({}, async (server) => {
      const blob = server.offer(Uint8Array.from([1, 2, 3]));
      const down = await fetch(`${server.url}blob/${blob}`);
      expect([...new Uint8Array(await down.arrayBuffer())]).toEqual([1, 2, 3]);
      expect((await fetch(`${server.url}blob/${blob}`)).status).toBe(404);
      await fetch(`${server.url}blob/9`, { method: "PUT", body: Uint8Array.from([4, 5]) });
      expect([...server.take(9)]).toEqual([4, 5]);
      expect(() => server.take(9)).toThrow("never sent blob 9");
    });
  });
});
