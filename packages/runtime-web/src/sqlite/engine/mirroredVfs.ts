import { FileLocks, type LockHolder } from "./fileLocks.ts";
import { CODE, type Sqlite } from "./library.ts";
import type { MirroredFile, MirroredFiles } from "./mirroredFiles.ts";

const SHORT_READ = 522;
const LONGEST_PATH = 512;
const SECTOR_BYTES = 4096;
const OPEN_FLAG = { deleteOnClose: 0x8, mainJournal: 0x800 } as const;
/** Milliseconds from sqlite's day 0 to 1970. */
const JULIAN_MS = 210_866_760_000_000n;

/** What is used of the package's wrappers of C structs; it declares their members without the `$` that they have. */
interface Struct {
  readonly pointer: number;
  $iVersion: number;
  $szOsFile: number;
  $mxPathname: number;
  $zName: number;
  $xRandomness: number;
  $pMethods: number;
  dispose(): void;
}
type StructType = { new (at?: number): Struct; readonly structInfo: { readonly sizeof: number } };
interface Structs {
  readonly sqlite3_io_methods: StructType;
  readonly sqlite3_vfs: StructType;
  readonly sqlite3_file: StructType;
}
type Methods = Readonly<Record<string, (...args: never[]) => number>>;
interface VfsInstaller {
  installVfs(
    parts: Readonly<Record<"io" | "vfs", { readonly struct: Struct; readonly methods: Methods }>>,
  ): void;
}

interface OpenFile extends LockHolder {
  readonly file: MirroredFile;
  readonly flags: number;
  /** Not one of the mirrored: what sqlite needs for a moment. */
  readonly isTemporary: boolean;
}

/** What the VFS asks of who keeps its files. */
export interface MirrorKeeper {
  readonly files: MirroredFiles;
  /** Whether so many bytes more could be kept. */
  hasRoom(bytes: number): boolean;
  /** What was written so far must last before anybody is told that it was. */
  wantSync(): void;
}

/**
 * A VFS of sqlite whose files are in memory, and mirrored to where only promises lead: a VFS cannot wait. What it has
 * written between two requests is always what a crash may leave behind, for sqlite calls nothing halfway; so mirroring
 * all of it at once, before the request is answered, keeps what sqlite promises.
 */
export function installMirroredVfs(sqlite: Sqlite, name: string, keeper: MirrorKeeper): void {
  const { static: library } = sqlite;
  const { capi, wasm } = library;
  const { files } = keeper;
  const locks = new FileLocks();
  const opened = new Map<number, OpenFile>();
  const of = (at: number): OpenFile => opened.get(at)!;
  const bytesAt = (at: number, count: number) => wasm.heap8u().subarray(at, at + count);

  const structs = capi as unknown as Structs;
  const io = new structs.sqlite3_io_methods();
  io.$iVersion = 1;
  const ioMethods = {
    xClose(at: number): number {
      const file = of(at);
      locks.unlock(file, 0);
      opened.delete(at);
      if ((file.flags & OPEN_FLAG.deleteOnClose) !== 0 && !file.isTemporary) files.delete(file.path);
      keeper.wantSync();
      return CODE.ok;
    },
    xRead(at: number, into: number, count: number, position: bigint): number {
      const target = bytesAt(into, count);
      const done = of(at).file.read(Number(position), target);
      target.fill(0, done);
      return done < count ? SHORT_READ : CODE.ok;
    },
    xWrite(at: number, from: number, count: number, position: bigint): number {
      const { file, flags, isTemporary } = of(at);
      const grows = Number(position) + count > file.sizeBytes;
      // A rollback writes to the database without a journal, and never makes it longer: it must not fail.
      const mayFail = grows || (flags & OPEN_FLAG.mainJournal) !== 0;
      if (mayFail && !isTemporary && !keeper.hasRoom(count)) return CODE.full;
      file.write(Number(position), bytesAt(from, count));
      return CODE.ok;
    },
    xTruncate(at: number, sizeBytes: bigint): number {
      of(at).file.truncate(Number(sizeBytes));
      return CODE.ok;
    },
    xSync(at: number): number {
      if (!of(at).isTemporary) keeper.wantSync();
      return CODE.ok;
    },
    xFileSize(at: number, out: number): number {
      wasm.poke64(out, BigInt(of(at).file.sizeBytes));
      return CODE.ok;
    },
    xLock: (at: number, level: number): number => locks.lock(of(at), level),
    xUnlock(at: number, level: number): number {
      locks.unlock(of(at), level);
      return CODE.ok;
    },
    xCheckReservedLock(at: number, out: number): number {
      wasm.poke32(out, locks.isReserved(of(at)) ? 1 : 0);
      return CODE.ok;
    },
    xFileControl: (): number => capi.SQLITE_NOTFOUND,
    xSectorSize: (): number => SECTOR_BYTES,
    xDeviceCharacteristics: (): number => capi.SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN,
  };

  const vfs = new structs.sqlite3_vfs();
  const standard = new structs.sqlite3_vfs(capi.sqlite3_vfs_find(null));
  vfs.$iVersion = 2;
  vfs.$szOsFile = structs.sqlite3_file.structInfo.sizeof;
  vfs.$mxPathname = LONGEST_PATH;
  vfs.$zName = wasm.allocCString(name, false);
  vfs.$xRandomness = standard.$xRandomness;
  standard.dispose();
  const vfsMethods = {
    xOpen(_: number, name: number, at: number, flags: number, out: number): number {
      const isTemporary = name === 0 || wasm.peek8(name) === 0;
      const path = isTemporary ? `temporary ${at}` : sqlite.text(name);
      const mayCreate = (flags & capi.SQLITE_OPEN_CREATE) !== 0;
      const there = isTemporary ? undefined : files.find(path);
      if (there === undefined && !mayCreate) return CODE.cantOpen;
      const file = there ?? (isTemporary ? files.temporary() : files.create(path));
      opened.set(at, { path, file, flags, isTemporary, level: 0 });
      const struct = new structs.sqlite3_file(at);
      struct.$pMethods = io.pointer;
      struct.dispose();
      if (out !== 0) wasm.poke32(out, flags);
      return CODE.ok;
    },
    xDelete(_: number, name: number): number {
      files.delete(sqlite.text(name));
      keeper.wantSync();
      return CODE.ok;
    },
    xAccess(_: number, name: number, _flags: number, out: number): number {
      wasm.poke32(out, files.find(sqlite.text(name)) === undefined ? 0 : 1);
      return CODE.ok;
    },
    xSleep: (): number => 0,
    xCurrentTime(_: number, out: number): number {
      wasm.poke(out, Number(JULIAN_MS + BigInt(Date.now())) / 86_400_000, "double");
      return CODE.ok;
    },
    xCurrentTimeInt64(_: number, out: number): number {
      wasm.poke64(out, JULIAN_MS + BigInt(Date.now()));
      return CODE.ok;
    },
    xGetLastError: (): number => CODE.ok,
  };
  (library.vfs as unknown as VfsInstaller).installVfs({
    io: { struct: io, methods: ioMethods },
    vfs: { struct: vfs, methods: vfsMethods },
  });
}
