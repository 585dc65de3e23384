import { expect, test, vi } from "vitest";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { PATIENCE_MS } from "../sqlite/client/databaseClient.ts";
import { ExecutorDatabases } from "./executorDatabases.ts";

/** How long an executor stands still for the answer to a process. */
function patienceOf(running: { isDeterministic: boolean; runnable: number }): number | undefined {
  const domain = { isDeterministic: running.isDeterministic };
  const scheduler = { active: { domain }, runnable: running.runnable, hold() {}, release() {}, kick() {} };
  const databases = new ExecutorDatabases(
    scheduler as unknown as Scheduler,
    () => {
      throw new Error("no directory is asked for");
    },
    () => {},
  );
  const ask = vi.spyOn(databases.client, "ask").mockReturnValue(0);
  databases.ask({ type: "execute", connection: 1, sql: "" }, () => {});
  return ask.mock.lastCall?.[2];
}

test.each([
  ["alone on its executor: long", { isDeterministic: false, runnable: 1 }, PATIENCE_MS.alone],
  [
    "one of several that could run: shortly",
    { isDeterministic: false, runnable: 2 },
    PATIENCE_MS.othersReady,
  ],
  [
    "deterministic: not at all, for who runs next must not depend on the machine",
    { isDeterministic: true, runnable: 1 },
    PATIENCE_MS.none,
  ],
])("an executor stands still for a process that is %s", (_, running, patienceMs) => {
  expect(patienceOf(running)).toBe(patienceMs);
});
