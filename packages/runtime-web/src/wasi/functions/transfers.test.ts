import { describe, expect, test } from "vitest";
import { OutOfBoundsError } from "../../abi/guestMemory.ts";
import { PARKED } from "../../kernel/parked.ts";
import { FDFLAG, OFLAG, WHENCE } from "../constants.ts";
import { RIGHT } from "../rights.ts";
import { ALL_RIGHTS, Guest } from "../testing/guest.ts";

const text = (guest: Guest, ptr: number, len: number) =>
  new TextDecoder().decode(guest.region.read(ptr, len));

describe("standard output and error", () => {
  test("one call is one write, gathered from all buffers and copied", () => {
    const guest = new Guest();
    const hello = guest.text("héllo ");
    const result = guest.region.allocate(4);
    expect(guest.wasi.fd_write(1, ...guest.iovecs(hello, [0, 0], guest.text("wörld")), result)).toBe(
      "success",
    );
    guest.region.write(hello[0], new Uint8Array(hello[1]));
    expect(guest.region.u32(result)).toBe(13);
    guest.write(2, "oops");
    expect(guest.stdio.writes).toEqual([
      { stream: 1, text: "héllo wörld" },
      { stream: 2, text: "oops" },
    ]);
  });

  test("nothing written is no write", () => {
    const guest = new Guest();
    expect(guest.write(1, "")).toBe(0);
    expect(guest.stdio.writes).toEqual([]);
  });

  test("a call that names one buffer over and over allocates 1 MiB at most", () => {
    const guest = new Guest();
    const buffer = [guest.region.allocate(65_536), 65_536] as const;
    const result = guest.region.allocate(4);
    expect(
      guest.wasi.fd_write(1, ...guest.iovecs(...Array.from({ length: 100 }, () => buffer)), result),
    ).toBe("success");
    expect(guest.region.u32(result)).toBe(2 ** 20);
  });

  test("while nobody takes what was written, a write parks, and again when others have filled the room", () => {
    const guest = new Guest();
    const result = guest.region.allocate(4);
    guest.stdio.isFull = true;
    expect(guest.wasi.fd_write(1, ...guest.iovecs(guest.text("late")), result)).toBe(PARKED);
    expect(guest.parks).toMatchObject([{ reason: "room" }]);
    expect(guest.parks[0]?.finish()).toBe(PARKED);
    expect(guest.stdio.writes).toEqual([]);
    guest.stdio.isFull = false;
    expect(guest.parks[1]?.finish()).toBe("success");
    expect(guest.region.u32(result)).toBe(4);
    expect(guest.stdio.writes).toEqual([{ stream: 1, text: "late" }]);
  });

  test("a write of nothing, and one to a stream that does not block, never park", () => {
    const guest = new Guest();
    guest.stdio.isFull = true;
    expect(guest.write(2, "")).toBe(0);
    expect(guest.wasi.fd_fdstat_set_flags(2, FDFLAG.nonblock)).toBe("success");
    expect(guest.write(2, "x")).toBe("again");
    expect(guest.parks).toEqual([]);
  });

  test("have no position and cannot be read", () => {
    const guest = new Guest();
    const result = guest.region.allocate(8);
    expect(guest.seek(1, 0n, WHENCE.current)).toBe("spipe");
    expect(guest.wasi.fd_tell(1, result)).toBe("spipe");
    expect(guest.wasi.fd_pwrite(1, ...guest.iovecs(guest.text("x")), 0n, result)).toBe("spipe");
    expect(guest.read(1, 4)).toEqual({ errno: "badf" });
    expect(guest.write(0, "x")).toBe("badf");
  });
});

describe("standard input", () => {
  test("is scattered over the buffers, as much as there is", () => {
    const guest = new Guest();
    guest.stdio.type("abcdef");
    const [a, b, result] = [guest.region.allocate(4), guest.region.allocate(8), guest.region.allocate(4)];
    expect(guest.wasi.fd_read(0, ...guest.iovecs([a, 4], [b, 8]), result)).toBe("success");
    expect(guest.region.u32(result)).toBe(6);
    expect(text(guest, a, 4) + text(guest, b, 3)).toBe("abcdef\0");
  });

  test("parks until there is some, and again when another process took it", () => {
    const guest = new Guest();
    const [buf, result] = [guest.region.allocate(8), guest.region.allocate(4)];
    expect(guest.wasi.fd_read(0, ...guest.iovecs([buf, 8]), result)).toBe(PARKED);
    expect(guest.parks).toMatchObject([{ reason: "input", deadlineNs: undefined }]);
    expect(guest.parks[0]?.finish()).toBe(PARKED);
    expect(guest.parks).toHaveLength(2);
    guest.stdio.type("late");
    expect(guest.parks[1]?.finish()).toBe("success");
    expect(text(guest, buf, guest.region.u32(result))).toBe("late");
  });

  test("gives nothing after its end", () => {
    const guest = new Guest();
    guest.stdio.type("x");
    guest.stdio.end();
    expect(guest.read(0, 4)).toBe("x");
    expect(guest.read(0, 4)).toBe("");
  });

  test("does not wait for an empty read, nor when it is nonblocking", () => {
    const guest = new Guest();
    expect(guest.wasi.fd_read(0, ...guest.iovecs([0, 0]), guest.region.allocate(4))).toBe("success");
    expect(guest.wasi.fd_fdstat_set_flags(0, FDFLAG.nonblock)).toBe("success");
    expect(guest.read(0, 4)).toEqual({ errno: "again" });
    expect(guest.parks).toEqual([]);
  });
});

describe("files", () => {
  test("reads and writes move one position, over several buffers", () => {
    const guest = new Guest();
    const fd = guest.open("f", { oflags: OFLAG.create, rights: ALL_RIGHTS });
    const result = guest.region.allocate(4);
    expect(guest.wasi.fd_write(fd, ...guest.iovecs(guest.text("abc"), guest.text("defg")), result)).toBe(
      "success",
    );
    expect(guest.region.u32(result)).toBe(7);
    expect(guest.read(fd, 4)).toBe("");
    expect(guest.seek(fd, -5n, WHENCE.end)).toBe(2n);
    const [a, b] = [guest.region.allocate(2), guest.region.allocate(10)];
    expect(guest.wasi.fd_read(fd, ...guest.iovecs([a, 2], [b, 10]), result)).toBe("success");
    expect(guest.region.u32(result)).toBe(5);
    expect(text(guest, a, 2) + text(guest, b, 3)).toBe("cdefg");
    expect(guest.seek(fd, 0n, WHENCE.current)).toBe(7n);
  });

  test("pread and pwrite leave the position alone", () => {
    const guest = new Guest({ files: { "/f": "0123" } });
    const fd = guest.open("f", { rights: ALL_RIGHTS });
    const [buf, result] = [guest.region.allocate(4), guest.region.allocate(4)];
    expect(guest.wasi.fd_pwrite(fd, ...guest.iovecs(guest.text("ab")), 2n, result)).toBe("success");
    expect(guest.wasi.fd_pread(fd, ...guest.iovecs([buf, 4]), 1n, result)).toBe("success");
    expect(text(guest, buf, guest.region.u32(result))).toBe("1ab");
    expect(guest.wasi.fd_pread(fd, ...guest.iovecs([buf, 4]), 100n, result)).toBe("success");
    expect(guest.region.u32(result)).toBe(0);
    expect(guest.seek(fd, 0n, WHENCE.current)).toBe(0n);
  });

  test("an appending descriptor writes at the end wherever it stands, until the flag is taken away", () => {
    const guest = new Guest({ files: { "/f": "0123" } });
    const fd = guest.open("f", { rights: ALL_RIGHTS, fdflags: FDFLAG.append });
    guest.seek(fd, 0n, WHENCE.set);
    expect(guest.write(fd, "ab")).toBe(2);
    expect(guest.seek(fd, 0n, WHENCE.current)).toBe(6n);
    expect(guest.wasi.fd_fdstat_set_flags(fd, 0)).toBe("success");
    guest.seek(fd, 0n, WHENCE.set);
    guest.write(fd, "X");
    expect(new TextDecoder().decode(guest.tree.readFile("/f"))).toBe("X123ab");
  });

  test("what one descriptor writes another reads at once", () => {
    const guest = new Guest();
    const reader = guest.open("f", { oflags: OFLAG.create, rights: RIGHT.fdRead });
    const writer = guest.open("f", { rights: RIGHT.fdWrite });
    guest.write(writer, "x");
    expect(guest.read(reader, 4)).toBe("x");
  });

  test("writing behind the end leaves a gap of zeros", () => {
    const guest = new Guest();
    const fd = guest.open("f", { oflags: OFLAG.create, rights: ALL_RIGHTS });
    guest.seek(fd, 3n, WHENCE.set);
    guest.write(fd, "x");
    expect(Array.from(guest.tree.readFile("/f"))).toEqual([0, 0, 0, 120]);
  });

  test("a full filesystem writes what fits, then gives nospc", () => {
    const guest = new Guest({ capacityBytes: 4096 });
    const fd = guest.open("f", { oflags: OFLAG.create, rights: ALL_RIGHTS });
    expect(guest.write(fd, "x".repeat(5000))).toBe(4096);
    expect(guest.write(fd, "x")).toBe("nospc");
  });

  test("beyond the largest file is fbig, and a negative offset inval", () => {
    const guest = new Guest({ files: { "/f": "" } });
    const fd = guest.open("f", { rights: ALL_RIGHTS });
    const result = guest.region.allocate(4);
    const iovecs = guest.iovecs(guest.text("x"));
    expect(guest.wasi.fd_pwrite(fd, ...iovecs, 2n ** 43n, result)).toBe("fbig");
    expect(guest.wasi.fd_pwrite(fd, ...iovecs, 2n ** 63n - 1n, result)).toBe("fbig");
    expect(guest.wasi.fd_pwrite(fd, ...iovecs, -1n, result)).toBe("inval");
    expect(guest.wasi.fd_pread(fd, ...iovecs, -1n, result)).toBe("inval");
  });

  test("the rights to read and write are needed for each", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    const [iovecs, result] = [guest.iovecs(guest.text("x")), guest.region.allocate(4)];
    const reader = guest.open("f", { rights: RIGHT.fdRead });
    const writer = guest.open("f", { rights: RIGHT.fdWrite });
    expect(guest.write(reader, "x")).toBe("notcapable");
    expect(guest.read(writer, 1)).toEqual({ errno: "notcapable" });
    expect(guest.wasi.fd_pread(reader, ...iovecs, 0n, result)).toBe("notcapable");
    expect(guest.wasi.fd_pwrite(writer, ...iovecs, 0n, result)).toBe("notcapable");
    expect(new TextDecoder().decode(guest.tree.readFile("/f"))).toBe("abc");
  });
});

describe("buffers that are not the guest's", () => {
  const attempts: [string, (guest: Guest) => [ptr: number, count: number]][] = [
    ["a list beyond memory", (guest) => [guest.region.sizeBytes - 4, 1]],
    ["a list longer than memory", () => [8, 65_536]],
    ["a buffer beyond memory", (guest) => guest.iovecs([guest.region.sizeBytes - 1, 2])],
    ["a buffer that wraps round", (guest) => guest.iovecs([0xffff_fff0, 0x20])],
    ["a good buffer and a bad one", (guest) => guest.iovecs(guest.text("abc"), [0x7fff_ffff, 1])],
  ];

  test.each(attempts)("%s traps before anything is transferred", (_, list) => {
    const guest = new Guest({ files: { "/f": "content" } });
    guest.stdio.type("input");
    const fd = guest.open("f", { rights: ALL_RIGHTS });
    const iovecs = list(guest);
    const result = guest.region.allocate(4);
    expect(() => guest.wasi.fd_write(1, ...iovecs, result)).toThrow(OutOfBoundsError);
    expect(() => guest.wasi.fd_read(0, ...iovecs, result)).toThrow(OutOfBoundsError);
    expect(() => guest.wasi.fd_write(fd, ...iovecs, result)).toThrow(OutOfBoundsError);
    expect(() => guest.wasi.fd_pread(fd, ...iovecs, 0n, result)).toThrow(OutOfBoundsError);
    expect(guest.stdio.writes).toEqual([]);
    expect(guest.stdio.available()).toBe(5);
    expect(new TextDecoder().decode(guest.tree.readFile("/f"))).toBe("content");
    expect(guest.region.isIntact).toBe(true);
  });

  test("a result that has no place traps before anything is transferred", () => {
    const guest = new Guest();
    expect(() => guest.wasi.fd_write(1, ...guest.iovecs(guest.text("x")), -2)).toThrow(OutOfBoundsError);
    expect(guest.stdio.writes).toEqual([]);
  });

  test("more buffers than any program has are inval", () => {
    const guest = new Guest();
    expect(guest.wasi.fd_write(1, 8, 65_537, 8)).toBe("inval");
    expect(guest.wasi.fd_read(0, 8, -1, 8)).toBe("inval");
  });

  test("a list that its own read overwrites is checked again", () => {
    const evil = new Uint8Array(new Uint32Array([0xffff_0000, 64]).buffer);
    const guest = new Guest();
    guest.tree.writeFile("/f", evil);
    const fd = guest.open("f", { rights: ALL_RIGHTS });
    const list = guest.region.allocate(16);
    const harmless = guest.region.allocate(64);
    guest.region.setU32(list, list + 8);
    guest.region.setU32(list + 4, 8);
    guest.region.setU32(list + 8, harmless);
    guest.region.setU32(list + 12, 64);
    expect(() => guest.wasi.fd_read(fd, list, 2, guest.region.allocate(4))).toThrow(OutOfBoundsError);
    expect(guest.region.isIntact).toBe(true);
  });

  test("a buffer of no bytes may point anywhere", () => {
    const guest = new Guest();
    const result = guest.region.allocate(4);
    expect(guest.wasi.fd_write(1, ...guest.iovecs([0xffff_ffff, 0], guest.text("x")), result)).toBe(
      "success",
    );
    expect(guest.region.u32(result)).toBe(1);
  });
});
