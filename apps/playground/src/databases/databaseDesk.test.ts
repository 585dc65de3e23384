import { DatabaseError, type DatabaseRows, type Databases } from "@lunatic-web/runtime";
import { expect, test } from "vitest";
import { DatabaseDesk, MAX_ROWS, quoteName } from "./databaseDesk.ts";

const NONE: DatabaseRows = { columns: [], rows: [], hasMore: false };

/** Databases with one table each, that remember what they were asked. */
function fakeDatabases(names: string[]) {
  const asked: string[] = [];
  const databases: Databases = {
    list: async () => names.map((name) => ({ name, sizeBytes: 8192, connections: 0 })),
    query: async (name, sql, _parameters, options) => {
      if (sql.includes("sqlite_schema")) {
        return {
          ...NONE,
          rows: [
            ["t", "table", "a", "INTEGER"],
            ["t", "table", "b", ""],
          ],
        };
      }
      asked.push(`${name}: ${sql} (${options?.maxRows})`);
      if (sql === "wrong") throw new DatabaseError("sql", 'near "wrong": syntax error');
      return { columns: ["a"], rows: [[1]], hasMore: false };
    },
    import: async (name) => void names.push(name),
    download: async () => new Uint8Array([1]),
    remove: async (name) => void names.splice(names.indexOf(name), 1),
    place: async () => ({ isPersistent: false, note: undefined }),
  };
  return { desk: new DatabaseDesk(async () => databases), asked };
}

test("the first database is chosen, with its tables and their columns", async () => {
  const { desk } = fakeDatabases(["/a.db", "/b.db"]);
  await desk.refresh();
  expect(desk.chosen.value).toBe("/a.db");
  expect(desk.tables.value).toEqual([
    {
      name: "t",
      kind: "table",
      columns: [
        { name: "a", type: "INTEGER" },
        { name: "b", type: "" },
      ],
    },
  ]);
});

test("a query is asked of the chosen one, for so many rows; what is wrong with it is told, and forgotten with the next", async () => {
  const { desk, asked } = fakeDatabases(["/a.db", "/b.db"]);
  await desk.choose("/b.db");
  await desk.query("wrong");
  expect([desk.error.value, desk.result.value]).toEqual(['near "wrong": syntax error', undefined]);
  await desk.query("select 1");
  expect([desk.error.value, desk.result.value?.rows]).toEqual([undefined, [[1]]]);
  expect(asked.at(-1)).toBe(`/b.db: select 1 (${MAX_ROWS})`);
});

test("an imported file is chosen; a removed database leaves the choice to another", async () => {
  const { desk } = fakeDatabases(["/a.db"]);
  await desk.import(new File(["x"], "new.db"));
  expect(desk.chosen.value).toBe("/new.db");
  await desk.remove();
  expect(desk.chosen.value).toBe("/a.db");
});

test("rows of a database that is no longer chosen are not shown as another's", async () => {
  const { desk } = fakeDatabases(["/a.db", "/b.db"]);
  await desk.choose("/a.db");
  await Promise.all([desk.query("select 1"), desk.choose("/b.db")]);
  expect([desk.chosen.value, desk.result.value]).toEqual(["/b.db", undefined]);
});

test("any name can be quoted", () => {
  expect(quoteName('a "b"')).toBe('"a ""b"""');
});
