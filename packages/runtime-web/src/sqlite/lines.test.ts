import { describe, expect, test } from "vitest";
import { runWorkers } from "../mailbox/testing/workers.ts";
import { createDatabaseBells, linkByRings } from "../protocol/databaseLink.ts";
import type { PATIENCE_MS } from "./client/databaseClient.ts";
import type { LineReport, LineWorkerInput } from "./testing/lineWorker.ts";

async function ask(requests: number, patience: keyof typeof PATIENCE_MS): Promise<LineReport> {
  const { ofExecutor, ofWorker } = linkByRings(0, createDatabaseBells(1));
  const inputs: LineWorkerInput[] = [
    { link: ofWorker, asks: undefined },
    { link: ofExecutor, asks: { requests, patience } },
  ];
  const reports = await runWorkers<LineReport>(new URL("./testing/lineWorker.ts", import.meta.url), inputs);
  return reports[1]!;
}

describe("between the threads of an executor and of the database worker", () => {
  test.each(["alone", "othersReady"] as const)(
    "every request is answered once, quick and slow ones and those that open, where the executor waits as one that is %s",
    async (patience) => {
      const { right, atOnce } = await ask(3000, patience);
      expect(right).toBe(3000);
      expect(atOnce).toBeGreaterThan(0);
      expect(atOnce).toBeLessThan(3000);
    },
  );

  test("no request is answered before its call has returned where the executor has no patience", async () => {
    expect(await ask(300, "none")).toEqual({ right: 300, atOnce: 0 });
  });
});
