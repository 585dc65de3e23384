import type { Socket } from "node:net";

/** From a command line to a browser host: open a tab, which closes with the connection. */
export interface TabRequest {
  readonly url: string;
}

export type TabAnswer =
  | { readonly type: "opened" }
  | { readonly type: "failed"; readonly message: string }
  /** The tab is gone without having been closed. */
  | { readonly type: "gone"; readonly reason: string };

/** One JSON text per line. */
export function writeLine(socket: Socket, value: TabRequest | TabAnswer): void {
  if (socket.writable) socket.write(`${JSON.stringify(value)}\n`);
}

export function readLines(socket: Socket, onLine: (value: unknown) => void): void {
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(JSON.parse(line));
  });
}
