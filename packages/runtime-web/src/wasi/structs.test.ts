import { expect, test } from "vitest";
import { struct, union } from "./layout.ts";
import {
  DIRENT,
  EVENT,
  EVENT_FD,
  FDSTAT,
  FILESTAT,
  IOVEC,
  PRESTAT,
  SUBSCRIPTION,
  SUBSCRIPTION_CLOCK,
} from "./structs.ts";

test("fields are aligned to their size and a struct to its widest field", () => {
  const layout = struct({ a: "u8", b: "u16", c: "u8", d: "u64", e: "u8" });
  expect(layout).toEqual({ at: { a: 0, b: 2, c: 4, d: 8, e: 16 }, sizeBytes: 24, alignment: 8 });
});

test("a union is as wide and as aligned as its widest member", () => {
  const narrow = struct({ a: "u8", b: "u8", c: "u8" });
  expect(union(struct({ a: "u16" }), narrow)).toEqual({ sizeBytes: 4, alignment: 2 });
  expect(struct({ tag: "u8", body: union(struct({ x: "u64" }), narrow) }).at.body).toBe(8);
});

/** Offsets and sizes that preview1's docs.md lists, so that a wrong field order above is noticed. */
test("the structs are laid out as the specification documents them", () => {
  expect(IOVEC).toMatchObject({ at: { buf: 0, bufLen: 4 }, sizeBytes: 8 });
  expect(FDSTAT).toMatchObject({
    at: { filetype: 0, flags: 2, rightsBase: 8, rightsInheriting: 16 },
    sizeBytes: 24,
  });
  expect(FILESTAT).toMatchObject({
    at: {
      device: 0,
      inode: 8,
      filetype: 16,
      linkCount: 24,
      size: 32,
      accessed: 40,
      modified: 48,
      changed: 56,
    },
    sizeBytes: 64,
  });
  expect(DIRENT).toMatchObject({ at: { next: 0, inode: 8, nameLen: 16, filetype: 20 }, sizeBytes: 24 });
  expect(PRESTAT).toMatchObject({ at: { tag: 0, nameLen: 4 }, sizeBytes: 8 });
  expect(SUBSCRIPTION).toMatchObject({ at: { userdata: 0, tag: 8, body: 16 }, sizeBytes: 48 });
  expect(SUBSCRIPTION_CLOCK.at).toEqual({ id: 0, timeout: 8, precision: 16, flags: 24 });
  expect(EVENT).toMatchObject({ at: { userdata: 0, error: 8, type: 10, fd: 16 }, sizeBytes: 32 });
  expect(EVENT_FD.at).toEqual({ bytes: 0, flags: 8 });
});
