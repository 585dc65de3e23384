import { describe, expect, test } from "vitest";
import { FDFLAG, OFLAG, WHENCE } from "../constants.ts";
import { DIRECTORY_RIGHTS, FILE_RIGHTS, RIGHT } from "../rights.ts";
import { ALL_RIGHTS, Guest, ROOT } from "../testing/guest.ts";

const file = (guest: Guest, rights: number | bigint = ALL_RIGHTS) =>
  guest.open("f", { oflags: OFLAG.create, rights });

describe("numbers", () => {
  test("the lowest free one is given", () => {
    const guest = new Guest();
    expect([file(guest), file(guest), file(guest)]).toEqual([4, 5, 6]);
    guest.wasi.fd_close(4);
    guest.wasi.fd_close(0);
    expect([file(guest), file(guest), file(guest)]).toEqual([0, 4, 7]);
  });

  test("a closed one is badf for every function", () => {
    const guest = new Guest();
    const fd = file(guest);
    expect(guest.wasi.fd_close(fd)).toBe("success");
    const { wasi } = guest;
    const results = [
      wasi.fd_close(fd),
      wasi.fd_fdstat_get(fd, 8),
      wasi.fd_filestat_get(fd, 8),
      wasi.fd_read(fd, 8, 0, 8),
      wasi.fd_write(fd, 8, 0, 8),
      wasi.fd_pread(fd, 8, 0, 0n, 8),
      wasi.fd_pwrite(fd, 8, 0, 0n, 8),
      wasi.fd_seek(fd, 0n, 0, 8),
      wasi.fd_tell(fd, 8),
      wasi.fd_sync(fd),
      wasi.fd_datasync(fd),
      wasi.fd_advise(fd, 0n, 0n, 0),
      wasi.fd_allocate(fd, 0n, 1n),
      wasi.fd_renumber(fd, 1),
      wasi.fd_renumber(1, fd),
      wasi.fd_readdir(fd, 8, 8, 0n, 8),
      wasi.fd_fdstat_set_flags(fd, 0),
      wasi.fd_fdstat_set_rights(fd, 0n, 0n),
      wasi.fd_filestat_set_size(fd, 0n),
      wasi.fd_filestat_set_times(fd, 0n, 0n, 0),
      wasi.path_create_directory(fd, ...guest.text("d")),
    ];
    expect(results).toEqual(results.map(() => "badf"));
    expect(wasi.fd_fdstat_get(-1, 8)).toBe("badf");
  });

  test("renumbering moves a descriptor onto an open one, which is closed", () => {
    const guest = new Guest();
    const from = guest.open("a", { oflags: OFLAG.create, rights: ALL_RIGHTS, fdflags: FDFLAG.append });
    const to = guest.open("b", { oflags: OFLAG.create, rights: ALL_RIGHTS });
    const before = guest.fdstat(from);
    guest.wasi.path_unlink_file(ROOT, ...guest.text("b"));
    expect(guest.wasi.fd_renumber(from, to)).toBe("success");
    expect(guest.fdstat(to)).toEqual(before);
    expect(guest.wasi.fd_close(from)).toBe("badf");
    // `b` had no name and no other descriptor.
    expect(guest.tree.usage.inodes).toBe(2);
    expect(guest.wasi.fd_renumber(to, to)).toBe("success");
    expect(guest.write(to, "x")).toBe(1);
  });

  test("a preopened directory can be closed, and one moved over it; what was opened through it stays", () => {
    const guest = new Guest({ directories: ["/d"] });
    const directory = guest.open("d");
    expect(guest.wasi.fd_renumber(directory, ROOT)).toBe("success");
    expect(guest.wasi.fd_prestat_get(ROOT, 8)).toBe("badf");
    const inner = guest.open("f", { oflags: OFLAG.create });
    expect(guest.tree.exists("/d/f")).toBe(true);
    expect(guest.wasi.fd_close(ROOT)).toBe("success");
    expect(guest.statFd(inner)).toMatchObject({ size: 0n });
  });

  test("standard streams can be moved over files", () => {
    const guest = new Guest();
    for (const stream of [0, 1, 2]) {
      const target = file(guest);
      expect(guest.wasi.fd_renumber(stream, target)).toBe("success");
      expect(guest.fdstat(target).filetype).toBe(2);
      expect(guest.wasi.fd_fdstat_get(stream, 8)).toBe("badf");
    }
  });

  test("a process has at most 65,536, and a file it could not open is not made", () => {
    const guest = new Guest();
    const result = guest.region.allocate(4);
    const path = guest.text("f");
    const open = (at: [number, number]) =>
      guest.wasi.path_open(ROOT, 0, ...at, OFLAG.create, 0n, 0n, 0, result);
    let opened = 4;
    while (open(path) === "success") opened++;
    expect(opened).toBe(65_536);
    expect(open(guest.text("g"))).toBe("mfile");
    expect(guest.tree.exists("/g")).toBe(false);
  });
});

describe("rights", () => {
  test("a preopened directory has all there are, and a file opened through it those of files", () => {
    const guest = new Guest();
    expect(guest.fdstat(ROOT)).toMatchObject({
      filetype: 3,
      flags: 0,
      base: BigInt(DIRECTORY_RIGHTS),
      inheriting: BigInt(DIRECTORY_RIGHTS | FILE_RIGHTS),
    });
    expect(guest.fdstat(file(guest))).toMatchObject({
      filetype: 4,
      base: BigInt(FILE_RIGHTS),
      inheriting: 0n,
    });
  });

  test("standard streams lack those to seek, by which libc knows a terminal", () => {
    const guest = new Guest();
    for (const fd of [0, 1, 2]) {
      const { filetype, base } = guest.fdstat(fd);
      expect(filetype).toBe(2);
      expect(base & BigInt(RIGHT.fdSeek | RIGHT.fdTell)).toBe(0n);
    }
  });

  test("can be given up and not taken back, not even those that do not exist", () => {
    const guest = new Guest();
    const fd = file(guest, RIGHT.fdRead | RIGHT.fdWrite | RIGHT.fdSeek);
    expect(guest.wasi.fd_fdstat_set_rights(fd, BigInt(RIGHT.fdSeek), 0n)).toBe("success");
    expect(guest.fdstat(fd).base).toBe(BigInt(RIGHT.fdSeek));
    expect(guest.write(fd, "x")).toBe("notcapable");
    expect(guest.read(fd, 1)).toEqual({ errno: "notcapable" });
    expect(guest.wasi.fd_fdstat_set_rights(fd, BigInt(RIGHT.fdSeek | RIGHT.fdRead), 0n)).toBe("notcapable");
    expect(guest.wasi.fd_fdstat_set_rights(fd, BigInt(RIGHT.fdSeek), 1n)).toBe("notcapable");
    expect(guest.wasi.fd_fdstat_set_rights(fd, 1n << 40n, 0n)).toBe("notcapable");
    expect(guest.wasi.fd_fdstat_set_rights(fd, -1n, 0n)).toBe("notcapable");
    expect(guest.fdstat(fd).base).toBe(BigInt(RIGHT.fdSeek));
  });

  test("the right to seek implies the right to tell, and a seek by nothing is a tell", () => {
    const guest = new Guest();
    const result = guest.region.allocate(8);
    const teller = file(guest, RIGHT.fdTell);
    expect(guest.wasi.fd_tell(teller, result)).toBe("success");
    expect(guest.seek(teller, 0n, WHENCE.current)).toBe(0n);
    expect(guest.seek(teller, 0n, WHENCE.set)).toBe("notcapable");
    const seeker = file(guest, RIGHT.fdSeek);
    expect(guest.wasi.fd_tell(seeker, result)).toBe("success");
    const neither = file(guest, RIGHT.fdRead);
    expect(guest.wasi.fd_tell(neither, result)).toBe("notcapable");
    expect(guest.seek(neither, 0n, WHENCE.current)).toBe("notcapable");
  });

  test("each function that changes or tells something needs its own", () => {
    const guest = new Guest();
    const fd = file(guest, 0);
    const { wasi } = guest;
    const results = [
      wasi.fd_sync(fd),
      wasi.fd_datasync(fd),
      wasi.fd_advise(fd, 0n, 0n, 0),
      wasi.fd_allocate(fd, 0n, 1n),
      wasi.fd_fdstat_set_flags(fd, 0),
      wasi.fd_filestat_get(fd, 8),
      wasi.fd_filestat_set_size(fd, 1n),
      wasi.fd_filestat_set_times(fd, 0n, 0n, 0),
    ];
    expect(results).toEqual(results.map(() => "notcapable"));
    expect(wasi.fd_fdstat_get(fd, 8)).toBe("success");
    expect(wasi.fd_close(fd)).toBe("success");
  });
});

describe("seeking", () => {
  test("counts from the start, from here and from the end, also beyond the end, never before the start", () => {
    const guest = new Guest({ files: { "/f": "0123456789" } });
    const fd = file(guest);
    expect(guest.seek(fd, 4n, WHENCE.set)).toBe(4n);
    expect(guest.seek(fd, -1n, WHENCE.current)).toBe(3n);
    expect(guest.seek(fd, -2n, WHENCE.end)).toBe(8n);
    expect(guest.seek(fd, 1000n, WHENCE.current)).toBe(1008n);
    expect(guest.seek(fd, -2000n, WHENCE.current)).toBe("inval");
    expect(guest.seek(fd, -1n, WHENCE.set)).toBe("inval");
    expect(guest.seek(fd, 2n ** 63n - 1n, WHENCE.end)).toBe("inval");
    expect(guest.seek(fd, 0n, 3)).toBe("inval");
    expect(guest.seek(fd, 0n, WHENCE.current)).toBe(1008n);
    expect(guest.read(fd, 1)).toBe("");
  });
});

describe("size", () => {
  test("can be set both ways", () => {
    const guest = new Guest({ files: { "/f": "0123456789" } });
    const fd = file(guest);
    expect(guest.wasi.fd_filestat_set_size(fd, 4n)).toBe("success");
    expect(guest.wasi.fd_filestat_set_size(fd, 6n)).toBe("success");
    expect(Array.from(guest.tree.readFile("/f"))).toEqual([48, 49, 50, 51, 0, 0]);
    expect(guest.wasi.fd_filestat_set_size(fd, 2n ** 43n)).toBe("success");
    expect(guest.statFd(fd)).toMatchObject({ size: 2n ** 43n });
    expect(guest.wasi.fd_filestat_set_size(fd, 2n ** 43n + 1n)).toBe("fbig");
    expect(guest.wasi.fd_filestat_set_size(fd, -1n)).toBe("inval");
  });

  test("allocating grows a file, never shrinks it, and takes the storage at once", () => {
    const guest = new Guest({ capacityBytes: 8192 });
    const fd = file(guest);
    const size = () => guest.statFd(fd);
    expect(guest.wasi.fd_allocate(fd, 0n, 100n)).toBe("success");
    expect(guest.wasi.fd_allocate(fd, 10n, 10n)).toBe("success");
    expect(size()).toMatchObject({ size: 100n });
    expect(guest.wasi.fd_allocate(fd, 90n, 20n)).toBe("success");
    expect(size()).toMatchObject({ size: 110n });
    expect(guest.wasi.fd_allocate(fd, 0n, 8193n)).toBe("nospc");
    expect(guest.wasi.fd_allocate(fd, 0n, 0n)).toBe("inval");
    expect(guest.wasi.fd_allocate(fd, -1n, 1n)).toBe("inval");
    expect(guest.wasi.fd_allocate(fd, 2n ** 63n - 1n, 2n ** 63n - 1n)).toBe("fbig");
    expect(size()).toMatchObject({ size: 110n });
  });

  test("advice changes nothing and is checked all the same", () => {
    const guest = new Guest({ files: { "/f": "abc" } });
    const fd = file(guest);
    for (let advice = 0; advice <= 5; advice++)
      expect(guest.wasi.fd_advise(fd, 0n, 10n, advice)).toBe("success");
    expect(guest.wasi.fd_advise(fd, 0n, 10n, 6)).toBe("inval");
    expect(guest.statFd(fd)).toMatchObject({ size: 3n });
  });
});

describe("times", () => {
  test("are set each by its flag, to a value or to now", () => {
    const guest = new Guest();
    const fd = file(guest);
    const before = guest.statFd(fd);
    guest.clock.advance(1000n);
    expect(guest.wasi.fd_filestat_set_times(fd, 5n, 123n, 4)).toBe("success");
    expect(guest.statFd(fd)).toMatchObject({
      ...(before as object),
      modified: 123n,
      changed: guest.clock.realtimeNs(),
    });
    expect(guest.wasi.fd_filestat_set_times(fd, -1n, 9n, 1 | 8)).toBe("success");
    expect(guest.statFd(fd)).toMatchObject({ accessed: 2n ** 64n - 1n, modified: guest.clock.realtimeNs() });
  });

  test.each([1 | 2, 4 | 8, 16])(
    "flags %i contradict each other or do not exist, and nothing changes",
    (flags) => {
      const guest = new Guest();
      const fd = file(guest);
      const before = guest.statFd(fd);
      guest.clock.advance(1000n);
      expect(guest.wasi.fd_filestat_set_times(fd, 1n, 2n, flags)).toBe("inval");
      expect(guest.wasi.path_filestat_set_times(ROOT, 0, ...guest.text("f"), 1n, 2n, flags)).toBe("inval");
      expect(guest.statFd(fd)).toEqual(before);
    },
  );
});

describe("flags", () => {
  test("are those the file was opened with, and can be changed to any that exist", () => {
    const guest = new Guest();
    const fd = guest.open("f", { oflags: OFLAG.create, fdflags: FDFLAG.append | FDFLAG.sync });
    expect(guest.fdstat(fd).flags).toBe(17);
    expect(guest.wasi.fd_fdstat_set_flags(fd, FDFLAG.nonblock)).toBe("success");
    expect(guest.fdstat(fd).flags).toBe(4);
    expect(guest.wasi.fd_fdstat_set_flags(ROOT, FDFLAG.nonblock)).toBe("success");
    expect(guest.fdstat(ROOT).flags).toBe(4);
    expect(guest.wasi.fd_fdstat_set_flags(fd, 32)).toBe("inval");
  });
});

describe("directories", () => {
  test("are synchronised and stamped like files, and refuse what only files do", () => {
    const guest = new Guest();
    const { wasi } = guest;
    const result = guest.region.allocate(8);
    expect([wasi.fd_sync(ROOT), wasi.fd_datasync(ROOT), wasi.fd_filestat_set_times(ROOT, 1n, 2n, 5)]).toEqual(
      ["success", "success", "success"],
    );
    expect(guest.statFd(ROOT)).toMatchObject({ filetype: 3, accessed: 1n, modified: 2n, linkCount: 2n });
    const iovecs = guest.iovecs(guest.text("x"));
    const refused = [
      wasi.fd_read(ROOT, ...iovecs, result),
      wasi.fd_write(ROOT, ...iovecs, result),
      wasi.fd_pread(ROOT, ...iovecs, 0n, result),
      wasi.fd_pwrite(ROOT, ...iovecs, 0n, result),
      wasi.fd_seek(ROOT, 0n, WHENCE.set, result),
      wasi.fd_seek(ROOT, 0n, WHENCE.current, result),
      wasi.fd_tell(ROOT, result),
      wasi.fd_allocate(ROOT, 0n, 1n),
      wasi.fd_filestat_set_size(ROOT, 0n),
      wasi.fd_advise(ROOT, 0n, 1n, 0),
    ];
    expect(refused).toEqual(refused.map(() => "badf"));
  });
});

test("closing a process' context gives back what it held open without a name", () => {
  const guest = new Guest();
  guest.write(file(guest), "content");
  guest.wasi.path_unlink_file(ROOT, ...guest.text("f"));
  expect(guest.tree.usage.usedBytes).toBeGreaterThan(0);
  guest.context().close();
  expect(guest.tree.usage).toMatchObject({ usedBytes: 0, inodes: 1 });
});
