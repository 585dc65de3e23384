import { describe, expect, test } from "vitest";
import { Guest, ROOT } from "./testing/guest.ts";

const OUTSIDE = "secret";

/** A guest that may use /jail only, beside a secret. */
function createPrisoner(): Guest {
  const guest = new Guest({
    files: { "/secret/key": OUTSIDE, "/jail/file": "own", "/jail/dir/inner/deep": "own" },
    preopens: [["/", "/jail"]],
  });
  guest.tree.symlink("/secret/key", "/jail/absolute");
  guest.tree.symlink("../secret/key", "/jail/relative");
  guest.tree.symlink("dir/../../secret", "/jail/downAndUp");
  guest.tree.symlink("relative", "/jail/chain");
  guest.tree.symlink("../secret/new", "/jail/dangling");
  return guest;
}

/** Every call that takes a path, with everything else as permissive as it gets. */
function callsWith(guest: Guest, path: string): Record<string, string | number> {
  const { wasi } = guest;
  const at = [ROOT, ...guest.text(path)] as const;
  const own = [ROOT, ...guest.text("own")] as const;
  const file = [ROOT, 0, ...guest.text("file")] as const;
  const buf = guest.region.allocate(64);
  return {
    open: guest.tryOpen(path, { follow: true }),
    openToCreate: guest.tryOpen(path, { follow: true, oflags: 1 }),
    openToTruncate: guest.tryOpen(path, { follow: true, oflags: 8 }),
    openDirectory: guest.tryOpen(path, { follow: true, oflags: 2 }),
    createDirectory: wasi.path_create_directory(...at),
    removeDirectory: wasi.path_remove_directory(...at),
    unlink: wasi.path_unlink_file(...at),
    stat: wasi.path_filestat_get(ROOT, 1, ...guest.text(path), buf),
    setTimes: wasi.path_filestat_set_times(ROOT, 1, ...guest.text(path), 0n, 0n, 5),
    linkFrom: wasi.path_link(ROOT, 0, ...guest.text(path), ...own),
    linkTo: wasi.path_link(...file, ...at),
    renameFrom: wasi.path_rename(...at, ...own),
    renameTo: wasi.path_rename(ROOT, ...guest.text("file"), ...at),
    symlinkAt: wasi.path_symlink(...guest.text("file"), ...at),
    readlink: wasi.path_readlink(...at, buf, 64, buf),
  };
}

describe("a path that leads out is refused by every call, with perm", () => {
  test.each([
    "..",
    "../",
    "../secret",
    "../secret/key",
    "../jail/file",
    "dir/../../secret/key",
    "./dir/inner/../../../secret/key",
    "/secret/key",
    "/jail/file",
    "/",
    "absolute/x",
    "downAndUp/key",
    "dir/../downAndUp/key",
  ])("%s", (path) => {
    const guest = createPrisoner();
    const results = callsWith(guest, path);
    expect(results).toEqual(Object.fromEntries(Object.keys(results).map((call) => [call, "perm"])));
    expect(guest.tree.list("/").map(({ name }) => name)).toEqual(["secret", "jail"]);
    expect(new TextDecoder().decode(guest.tree.readFile("/secret/key"))).toBe(OUTSIDE);
    expect(guest.tree.list("/secret")).toHaveLength(1);
    // The host is told of each, for whoever watches.
    expect(guest.denied).toEqual(Object.keys(results).map(() => path));
  });

  test("what is missing inside is not told as a denial", () => {
    const guest = createPrisoner();
    expect(guest.tryOpen("missing")).toBe("noent");
    expect(guest.denied).toEqual([]);
  });
});

describe("a symlink that leads out", () => {
  test.each(["absolute", "relative", "chain", "dangling"])("%s is not followed by any call", (name) => {
    const guest = createPrisoner();
    const { wasi } = guest;
    expect(guest.tryOpen(name, { follow: true })).toBe("perm");
    expect(guest.tryOpen(name, { follow: true, oflags: 1 })).toBe("perm");
    expect(guest.tryOpen(name, { follow: true, oflags: 8 })).toBe("perm");
    expect(guest.stat(name, { follow: true })).toBe("perm");
    expect(wasi.path_filestat_set_times(ROOT, 1, ...guest.text(name), 0n, 0n, 5)).toBe("perm");
    expect(wasi.path_link(ROOT, 0, ...guest.text(`${name}/`), ROOT, ...guest.text("x"))).toBe("perm");
    expect(guest.tree.list("/secret")).toHaveLength(1);
  });

  test("with a slash behind it is followed by calls that look, refused too, and no directory for the others", () => {
    expect(callsWith(createPrisoner(), "relative/")).toEqual({
      open: "perm",
      openToCreate: "perm",
      openToTruncate: "perm",
      openDirectory: "perm",
      createDirectory: "exist",
      removeDirectory: "notdir",
      unlink: "notdir",
      stat: "perm",
      setTimes: "perm",
      linkFrom: "perm",
      linkTo: "exist",
      renameFrom: "notdir",
      renameTo: "notdir",
      symlinkAt: "exist",
      readlink: "perm",
    });
  });

  test("may itself be looked at, read, moved and removed", () => {
    const guest = createPrisoner();
    expect(guest.stat("relative")).toMatchObject({ filetype: 7 });
    expect(guest.wasi.path_rename(ROOT, ...guest.text("relative"), ROOT, ...guest.text("dir/moved"))).toBe(
      "success",
    );
    expect(guest.tryOpen("dir/moved", { follow: true })).toBe("noent");
    expect(guest.wasi.path_unlink_file(ROOT, ...guest.text("dir/moved"))).toBe("success");
  });

  test("and was harmless before a rename moved it up is refused from then on", () => {
    const guest = createPrisoner();
    expect(guest.wasi.path_symlink(...guest.text("../../file"), ROOT, ...guest.text("dir/inner/link"))).toBe(
      "success",
    );
    expect(guest.read(guest.open("dir/inner/link", { follow: true }), 9)).toBe("own");
    expect(
      guest.wasi.path_rename(ROOT, ...guest.text("dir/inner/link"), ROOT, ...guest.text("dir/link")),
    ).toBe("success");
    expect(guest.tryOpen("dir/link", { follow: true })).toBe("perm");
  });
});

test("a descriptor of a directory does not lead above that directory", () => {
  const guest = createPrisoner();
  const at = guest.open("dir/inner");
  expect(guest.tryOpen("../../file", { at })).toBe("perm");
  expect(guest.tryOpen("..", { at })).toBe("perm");
  expect(guest.read(guest.open("deep", { at }), 9)).toBe("own");
});

test("nor does one whose directory another process moved outside", () => {
  const guest = createPrisoner();
  const at = guest.open("dir");
  guest.tree.rename(guest.tree.directory("/jail"), "dir", guest.tree.directory("/secret"), "taken");
  expect(guest.tryOpen("../key", { at })).toBe("perm");
  expect(guest.tryOpen("inner/../../key", { at })).toBe("perm");
});

test("a guest without preopened directories reaches no file", () => {
  const guest = new Guest({ files: { "/secret": OUTSIDE }, preopens: [] });
  for (const at of [0, 1, 2]) expect(guest.tryOpen("secret", { at })).toBe("notdir");
  expect(guest.tryOpen("secret")).toBe("badf");
});

test("two processes on one filesystem share files, not descriptors", () => {
  const guest = new Guest({ files: { "/f": "abc" } });
  const fd = guest.open("f");
  const other = guest.createContext();
  expect(other.descriptors.get(fd)).toBeUndefined();
  other.close();
  expect(guest.read(fd, 9)).toBe("abc");
});
