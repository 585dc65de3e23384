import { describe, expect, test } from "vitest";
import { PARKED } from "../../kernel/parked.ts";
import type { FileNeed } from "../../storage/inode.ts";
import { putFetchedPages } from "../../storage/shared/fetchedPages.ts";
import { PAGE_BYTES, type VolumeContents } from "../../storage/volume/volume.ts";
import { Guest } from "../testing/guest.ts";

const TIMES = { accessedNs: 0n, modifiedNs: 0n, changedNs: 0n };
const SIZE = 3 * PAGE_BYTES;

/** One file of three pages, none of which is in memory. */
const VOLUME: VolumeContents = {
  inodes: [
    { number: 1, kind: "directory", sizeBytes: 0, target: "", ...TIMES },
    { number: 2, kind: "file", sizeBytes: SIZE, target: "", ...TIMES },
  ],
  entries: [{ directory: 1, name: "f", inode: 2, cookie: 0 }],
  nextInode: 3,
};

function open() {
  const guest = new Guest({ volume: VOLUME });
  const fd = guest.open("f", { rights: 0x1fffffffn }) as number;
  const supply = (need: FileNeed | undefined) => {
    if (need?.type !== "pages") throw new Error("no page is waited for");
    const count = Math.min(need.pages, SIZE / PAGE_BYTES - need.firstPage);
    const bytes = new Uint8Array(count * PAGE_BYTES).fill(97 + need.firstPage);
    putFetchedPages(guest.tree.store, need.place, need.inode, need.firstPage, bytes);
  };
  return { guest, fd, supply };
}

describe("a file whose pages are on its volume", () => {
  test("is read when they have come, and the process waits meanwhile", () => {
    const { guest, fd, supply } = open();
    const result = guest.region.allocate(4);
    const buf = guest.region.allocate(8);
    expect(guest.wasi.fd_read(fd, ...guest.iovecs([buf, 8]), result)).toBe(PARKED);
    expect(guest.needs).toMatchObject([{ type: "pages", inode: 2, firstPage: 0 }]);
    supply(guest.needs[0]);
    expect(guest.parks[0]?.finish()).toBe("success");
    expect(guest.region.u32(result)).toBe(8);
    expect(new TextDecoder().decode(guest.region.read(buf, 8))).toBe("aaaaaaaa");
    // What came along is there for the next ones.
    expect(guest.read(fd, 5)).toBe("aaaaa");
  });

  test("waits again when what came was not enough", () => {
    const { guest, fd, supply } = open();
    const result = guest.region.allocate(4);
    const buf = guest.region.allocate(8);
    expect(guest.wasi.fd_pread(fd, ...guest.iovecs([buf, 8]), BigInt(2 * PAGE_BYTES), result)).toBe(PARKED);
    expect(guest.parks[0]?.finish()).toBe(PARKED);
    supply(guest.needs[1]);
    expect(guest.parks[1]?.finish()).toBe("success");
    expect(guest.region.u32(result)).toBe(8);
  });

  test("is written to in the middle of a page when that page has come, whole pages at once", () => {
    const { guest, fd, supply } = open();
    const result = guest.region.allocate(4);
    expect(guest.wasi.fd_write(fd, ...guest.iovecs(guest.text("x")), result)).toBe(PARKED);
    supply(guest.needs[0]);
    expect(guest.parks[0]?.finish()).toBe("success");
    expect(guest.seek(fd, 0n, 0)).toBe(0n);
    expect(guest.read(fd, 3)).toBe("xaa");
    guest.seek(fd, BigInt(PAGE_BYTES), 0);
    expect(guest.write(fd, "y".repeat(PAGE_BYTES))).toBe(PAGE_BYTES);
  });

  test("is cut off within a page when that page has come", () => {
    const { guest, fd, supply } = open();
    expect(guest.wasi.fd_filestat_set_size(fd, BigInt(PAGE_BYTES + 1))).toBe(PARKED);
    supply(guest.needs[0]);
    expect(guest.parks[0]?.finish()).toBe("success");
    expect(guest.statFd(fd)).toMatchObject({ size: BigInt(PAGE_BYTES + 1) });
  });

  test("gives an errno when the volume cannot be read", () => {
    const { guest, fd } = open();
    const result = guest.region.allocate(4);
    const buf = guest.region.allocate(8);
    expect(guest.wasi.fd_read(fd, ...guest.iovecs([buf, 8]), result)).toBe(PARKED);
    guest.fileFault = "unavailable";
    expect(guest.parks[0]?.finish()).toBe("io");
  });
});

test.each(["fd_sync", "fd_datasync"] as const)(
  "%s waits until all is on the volume, or says why it is not",
  (sync) => {
    const { guest, fd } = open();
    expect(guest.wasi[sync](fd)).toBe(PARKED);
    expect(guest.needs).toEqual([{ type: "sync" }]);
    expect(guest.parks[0]?.finish()).toBe("success");
    expect(guest.wasi[sync](fd)).toBe(PARKED);
    guest.fileFault = "noSpace";
    expect(guest.parks[1]?.finish()).toBe("nospc");
    // The streams and a filesystem in memory have nothing to wait for.
    expect(new Guest().wasi[sync](3)).toBe("success");
  },
);
