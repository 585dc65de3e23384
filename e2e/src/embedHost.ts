import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type Json, PATIENCE_MS, type Page } from "./page.ts";
import { type StaticServer, serveDirectory } from "./server.ts";

/** An event that an element of the page has dispatched. */
export interface HeardEvent {
  readonly id: string;
  readonly type: string;
  readonly detail: { readonly [key: string]: Json };
}

/**
 * Serves a page with elements of the playground, on an origin of its own.
 * @param playground  address of the playground, with a slash at its end
 * @param body        HTML with <lunatic-playground> elements, each with an id
 * @param files       served beside it
 */
export async function serveHost(
  name: string,
  playground: string,
  body: string,
  { isolated, files = {} }: { isolated: boolean; files?: Readonly<Record<string, Uint8Array>> },
): Promise<StaticServer> {
  const folder = join(import.meta.dirname, "../.cache", `host-${name}`);
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page with playgrounds</title>
    <link rel="icon" href="data:," />
    <script>
      globalThis.heard = [];
      for (const type of ["ready", "output", "exit", "error"]) {
        document.addEventListener(type, ({ target, detail }) => {
          if (target.localName === "lunatic-playground") heard.push({ id: target.id, type, detail });
        }, true);
      }
    </script>
    <script async src="${playground}embed.js"></script>
  </head>
  <body>
    ${body}
  </body>
</html>
`,
  );
  return serveDirectory(folder, { isolated });
}

/** What an element has dispatched so far. */
export function heardOf(page: Page, id: string): Promise<HeardEvent[]> {
  return page.evaluate(readHeard, id);
}

/** The text that the processes of an element's program have printed. */
export async function printedBy(page: Page, id: string): Promise<string> {
  const events = await heardOf(page, id);
  return events.flatMap(({ type, detail }) => (type === "output" ? [String(detail.text)] : [])).join("");
}

/** Waits until an element has dispatched an event of a type. @returns the last one's detail */
export async function untilHeard(page: Page, id: string, type: string): Promise<HeardEvent["detail"]> {
  let last: HeardEvent | undefined;
  await expect
    .poll(
      async () => {
        const events = await heardOf(page, id);
        last = events.findLast((event) => event.type === type);
        return last ? "" : `so far: ${JSON.stringify(events)}`;
      },
      { timeout: PATIENCE_MS, message: `${id} tells "${type}"` },
    )
    .toBe("");
  return last!.detail;
}

function readHeard(id: string): HeardEvent[] {
  return (globalThis as unknown as { heard: HeardEvent[] }).heard.filter((event) => event.id === id);
}
