import { describe, expect, test } from "vitest";
import { OutOfBoundsError } from "../../abi/guestMemory.ts";
import { StorageError } from "../../storage/fault.ts";
import { Guest } from "../testing/guest.ts";

/** Reads a list of C strings the way libc does. */
function readStrings(guest: Guest, pointers: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const start = guest.region.u32(pointers + 4 * i);
    let end = start;
    while (guest.region.read(end, 1)[0] !== 0) end++;
    return new TextDecoder().decode(guest.region.read(start, end - start));
  });
}

function getStrings(guest: Guest, which: "args" | "environ"): string[] {
  const count = guest.region.allocate(4);
  const size = guest.region.allocate(4);
  expect(guest.wasi[`${which}_sizes_get`](count, size)).toBe("success");
  const pointers = guest.region.allocate(guest.region.u32(count) * 4);
  const buffer = guest.region.allocate(guest.region.u32(size));
  expect(guest.wasi[`${which}_get`](pointers, buffer)).toBe("success");
  return readStrings(guest, pointers, guest.region.u32(count));
}

describe("arguments and environment", () => {
  test("arrive as given, counted in UTF-8 bytes", () => {
    const args = ["app", "é🌙", "", "two words"];
    const guest = new Guest({
      args,
      env: [
        ["KEY", "välue"],
        ["EMPTY", ""],
      ],
    });
    expect(getStrings(guest, "args")).toEqual(args);
    expect(getStrings(guest, "environ")).toEqual(["KEY=välue", "EMPTY="]);
    const size = guest.region.allocate(4);
    guest.wasi.args_sizes_get(guest.region.allocate(4), size);
    expect(guest.region.u32(size)).toBe("app".length + 6 + 0 + "two words".length + args.length);
  });

  test("may be empty, with any pointer for the lists", () => {
    const guest = new Guest();
    expect(getStrings(guest, "args")).toEqual([]);
    expect(guest.wasi.args_get(-1, -1)).toBe("success");
  });

  test("are not written, not even in part, where they do not fit", () => {
    const guest = new Guest({ args: ["some argument"] });
    const pointers = guest.region.allocate(4);
    const lastBytes = guest.region.sizeBytes - 4;
    expect(() => guest.wasi.args_get(pointers, lastBytes)).toThrow(OutOfBoundsError);
    expect(() => guest.wasi.args_get(-2, pointers)).toThrow(OutOfBoundsError);
    expect(guest.region.u32(pointers)).toBe(0);
    expect(guest.region.isIntact).toBe(true);
  });
});

describe("preopened directories", () => {
  const nameOf = (guest: Guest, fd: number) => {
    const prestat = guest.region.allocate(8);
    const errno = guest.wasi.fd_prestat_get(fd, prestat);
    if (errno !== "success") return { errno };
    expect(guest.region.read(prestat, 1)[0]).toBe(0);
    const len = guest.region.u32(prestat + 4);
    const name = guest.region.allocate(len);
    expect(guest.wasi.fd_prestat_dir_name(fd, name, len)).toBe("success");
    return new TextDecoder().decode(guest.region.read(name, len));
  };

  test("have the descriptors from 3 on, in order, and end with badf", () => {
    const guest = new Guest({
      directories: ["/data", "/tmp"],
      preopens: [
        ["/", "/"],
        ["dätä", "/data"],
        [".", "/tmp"],
      ],
    });
    expect([3, 4, 5, 6].map((fd) => nameOf(guest, fd))).toEqual(["/", "dätä", ".", { errno: "badf" }]);
    expect(nameOf(guest, 0)).toEqual({ errno: "badf" });
  });

  test("a name needs its whole buffer, which may be longer", () => {
    const guest = new Guest({ directories: ["/data"], preopens: [["/data", "/data"]] });
    const buf = guest.region.allocate(16);
    expect(guest.wasi.fd_prestat_dir_name(3, buf, 4)).toBe("nametoolong");
    expect(guest.wasi.fd_prestat_dir_name(3, buf, 6)).toBe("success");
    expect(new TextDecoder().decode(guest.region.read(buf, 6))).toBe("/data\0");
  });

  test("a directory opened by path is none", () => {
    const guest = new Guest();
    expect(nameOf(guest, guest.open("."))).toEqual({ errno: "badf" });
  });

  test.each(["/none", "/file", "/../up"])("%s cannot be one", (path) => {
    const guest = new Guest({ files: { "/file": "" } });
    expect(() => guest.createContext({ preopens: [["x", path]] })).toThrow(StorageError);
  });
});
