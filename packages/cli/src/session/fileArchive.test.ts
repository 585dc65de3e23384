import { expect, test } from "vitest";
import { packFiles, unpackFiles } from "./fileArchive.ts";

test("files come out of an archive as they went in, also empty ones, directories and names beyond ASCII", () => {
  const files = new Map([
    ["/empty", new Uint8Array()],
    ["/directory/", new Uint8Array()],
    ["/é/𝄞.bin", Uint8Array.from([0, 255, 1])],
    ["/text", new TextEncoder().encode("line\n")],
  ]);
  // At an odd offset of its buffer, as a network chunk may lie.
  const padded = new Uint8Array(packFiles(files).length + 3);
  padded.set(packFiles(files), 3);
  const unpacked = unpackFiles(padded.subarray(3));
  expect([...unpacked].map(([path, content]) => [path, [...content]])).toEqual(
    [...files].map(([path, content]) => [path, [...content]]),
  );
});
