import { expect, test } from "vitest";
import type { FileChange } from "../protocol/files.ts";
import { ChangeStream } from "./changeStream.ts";

const change = (type: FileChange["type"], path = "/f"): FileChange => ({ path, type });

/** What a reader gets at his next turn. */
async function next(stream: ChangeStream): Promise<readonly FileChange[] | undefined> {
  const { value, done } = await stream[Symbol.asyncIterator]().next();
  return done === true ? undefined : value;
}

test.each([
  [["created", "changed"], "created"],
  [["changed", "removed"], "removed"],
  [["removed", "created"], "changed"],
  [["changed", "changed"], "changed"],
] as const)("changes that a reader has not seen are told as one: %j is %s", async ([first, second], told) => {
  const stream = new ChangeStream(() => {});
  stream.push([change(first)]);
  stream.push([change(second), change("created", "/other")]);
  expect(await next(stream)).toEqual([change(told), change("created", "/other")]);
});

test("a reader waits for what comes, and the loop ends with the stream", async () => {
  const stream = new ChangeStream(() => {});
  const seen: string[] = [];
  const reading = (async () => {
    for await (const changes of stream) seen.push(...changes.map(({ path }) => path));
  })();
  stream.push([change("created", "/a")]);
  await Promise.resolve();
  stream.push([change("created", "/b")]);
  stream.end();
  await reading;
  expect(seen).toEqual(["/a", "/b"]);
});

test("who leaves the loop is no reader any more, and an error is the reader's", async () => {
  let hasLeft = false;
  const left = new ChangeStream(() => {
    hasLeft = true;
  });
  left.push([change("created")]);
  for await (const changes of left) if (changes.length > 0) break;
  expect(hasLeft).toBe(true);
  const failed = new ChangeStream(() => {});
  failed.fail(new Error("no such directory"));
  await expect(next(failed)).rejects.toThrow("no such directory");
});
