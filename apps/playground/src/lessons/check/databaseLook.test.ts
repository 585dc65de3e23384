import { DatabaseError } from "@lunatic-web/runtime";
import { expect, it, vi } from "vitest";
import { DatabaseLook } from "./databaseLook.ts";

const SQL = "select a from t";

/** Databases that answer with how often they were asked. */
function lookAt(answer: (asked: number) => number | DatabaseError) {
  let asked = 0;
  let found = 0;
  const query = async () => {
    const given = answer(++asked);
    if (typeof given !== "number") throw given;
    return { columns: ["a"], rows: [[given]], hasMore: false };
  };
  const look = new DatabaseLook(
    async () => ({ query }),
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

it("a look that is closed tells nothing more", async () => {
  const { look, asked, found } = lookAt((count) => count);
  look.rows("a.db", SQL, 0);
  look.refresh(0);
  look.close();
  await vi.waitFor(() => expect(asked()).toBe(1));
  expect(found()).toBe(0);
});
