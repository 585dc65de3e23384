import { parentPort, workerData } from "node:worker_threads";
import type { DatabaseLink } from "../../protocol/databaseLink.ts";
import { DatabaseClient, PATIENCE_MS } from "../client/databaseClient.ts";
import { DatabaseLines } from "../engine/lines.ts";

/**
 * One of two threads with the way between an executor and the database worker. The worker's side answers each `execute`
 * with the number in its text, after so many milliseconds of work as the second number says, and an `open` with the
 * number in its path, in a later task, as where files are made for it. The other asks `requests`, each when the last is answered, and posts what came how.
 */
export interface LineWorkerInput {
  readonly link: DatabaseLink;
  /** Undefined: the database worker's side. */
  readonly asks: { readonly requests: number; readonly patience: keyof typeof PATIENCE_MS } | undefined;
}

export interface LineReport {
  /** Answered with what was asked. */
  readonly right: number;
  /** Of these, before the call that asked had returned. */
  readonly atOnce: number;
}

// Node does not count a waitAsync as a reason to stay.
setInterval(() => {}, 1 << 30);
const { link, asks } = workerData as LineWorkerInput;

if (asks === undefined) {
  const lines = new DatabaseLines({
    hasSuspended: false,
    handle(_, message, answer) {
      if (message.type === "open") setTimeout(() => answer({ type: "done", changes: Number(message.path) }));
      if (message.type !== "execute") return;
      const [number, workMs] = message.sql.split(" ").map(Number);
      const endMs = performance.now() + workMs!;
      while (performance.now() < endMs);
      answer({ type: "done", changes: number! });
    },
  });
  lines.open(0, link);
  parentPort?.postMessage(undefined);
} else {
  const client = new DatabaseClient({ wantLink: () => {}, arrived: () => {} });
  client.connect(link);
  const report = { right: 0, atOnce: 0 };
  for (let number = 1; number <= asks.requests; number++) {
    await new Promise<void>((resolve) => {
      let hasReturned = false;
      // Some take longer than any patience: their answers come by the event loop.
      const workMs = number % 300 === 0 ? 20 * PATIENCE_MS.alone : 0;
      const sql = `${number} ${workMs} ${"-".repeat(number % 700)}`;
      const answered = (changes: number): void => {
        if (changes === number) report.right++;
        if (!hasReturned) report.atOnce++;
        resolve();
      };
      const path = String(number);
      client.ask(
        number % 50 === 1
          ? { type: "open", connection: 1, path, directories: [] }
          : { type: "execute", connection: 1, sql },
        (answer) => answered(answer.type === "done" ? answer.changes : -1),
        PATIENCE_MS[asks.patience],
      );
      hasReturned = true;
    });
  }
  parentPort?.postMessage(report);
}
