import { DatabaseError, StorageError } from "@lunatic-web/runtime";
import { expect, it, vi } from "vitest";
import { StorageLook } from "./storageLook.ts";

const SQL = "select a from t";

/** Databases that answer with how often they were asked, and files that hold it. */
function lookAt(answer: (asked: number) => number | DatabaseError | StorageError) {
  let asked = 0;
  let found = 0;
  const ask = () => {
    const given = answer(++asked);
    if (typeof given !== "number") throw given;
    return given;
  };
  const query = async () => ({ columns: ["a"], rows: [[ask()]], hasMore: false });
  const readText = async (path: string) => `${path} ${ask()}`;
  const look = new StorageLook(
    async () => ({ databases: { query }, files: { readText } }),
    () => found++,
  );
  return { look, asked: () => asked, found: () => found };
}

it("a query that nobody asked for is not made", async () => {
  const { look, asked } = lookAt((count) => count);
  look.refresh(0);
  expect(look.rows("a.db", SQL, 0)).toBeUndefined();
  expect(asked()).toBe(0);
});

it("rows are there when the query has been made, and told of once for all that is asked", async () => {
  const { look, found } = lookAt((count) => count);
  look.rows("a.db", SQL, 0);
  look.rows("b.db", SQL, 0);
  look.refresh(0);
  await vi.waitFor(() => expect(found()).toBe(1));
  expect(look.rows("a.db", SQL, 0)).toEqual([[1]]);
  expect(look.rows("b.db", SQL, 0)).toEqual([[2]]);
});

it("what was found before a process ended is not told after it, until it is asked anew", async () => {
  const { look, found } = lookAt((count) => count);
  look.rows("a.db", SQL, 0);
  look.refresh(0);
  look.refresh(1);
  await vi.waitFor(() => expect(found()).toBeGreaterThan(0));
  expect(look.rows("a.db", SQL, 2)).toBeUndefined();
  look.refresh(2);
  await vi.waitFor(() => expect(look.rows("a.db", SQL, 2)).toBeDefined());
});

it("a database that is not there yet has no rows, and is asked again", async () => {
  const { look } = lookAt((count) => (count === 1 ? new DatabaseError("missing", "there is none") : count));
  look.rows("a.db", SQL, 0);
  look.refresh(0);
  look.refresh(0);
  await vi.waitFor(() => expect(look.rows("a.db", SQL, 0)).toEqual([[2]]));
});

it("a file is read as a query is made", async () => {
  const { look, found } = lookAt((count) => count);
  expect(look.text("/a", 0)).toBeUndefined();
  look.rows("a.db", SQL, 0);
  look.refresh(0);
  await vi.waitFor(() => expect(found()).toBe(1));
  expect(look.rows("a.db", SQL, 0)).toEqual([[1]]);
  expect(look.text("/a", 0)).toBe("/a 2");
  expect(look.text("/a", 1)).toBeUndefined();
});

it("a file that is not there yet has no text, and is read again", async () => {
  const { look } = lookAt((count) => (count === 1 ? new StorageError("read", "/a", "notFound") : count));
  look.text("/a", 0);
  look.refresh(0);
  look.refresh(0);
  await vi.waitFor(() => expect(look.text("/a", 0)).toBe("/a 2"));
});

it("what a check asks for only when it knows an answer is asked too, though nothing more happens", async () => {
  const read: string[] = [];
  const readText = async (path: string) => {
    read.push(path);
    return path;
  };
  const look: StorageLook = new StorageLook(
    async () => ({
      databases: { query: () => Promise.reject(new Error("nobody asks")) },
      files: { readText },
    }),
    () => look.text("/a", 0) !== undefined && look.text("/b", 0),
  );
  look.text("/a", 0);
  look.refresh(0);
  await vi.waitFor(() => expect(read).toContain("/b"));
});

it("a look that is closed tells nothing more", async () => {
  const { look, asked, found } = lookAt((count) => count);
  look.rows("a.db", SQL, 0);
  look.refresh(0);
  look.close();
  await vi.waitFor(() => expect(asked()).toBe(1));
  expect(found()).toBe(0);
});
