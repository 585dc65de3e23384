import { CODE, type Sqlite } from "./library.ts";
import { takeRefusal } from "./packageReports.ts";

/** What is used of the package's wrappers of C structs; it declares their members without the `$` that they have. */
interface FileStruct {
  $pMethods: number;
  dispose(): void;
}
interface MethodsStruct {
  readonly pointer: number;
  readonly structInfo: { readonly sizeof: number };
  $xWrite: number;
  $xTruncate: number;
  $xSync: number;
}
interface Structs {
  readonly sqlite3_file: new (at: number) => FileStruct;
  readonly sqlite3_io_methods: new () => MethodsStruct;
  readonly sqlite3_vfs: new (at: number) => { $xOpen: number };
}
type Method = (...args: (number | bigint)[]) => number;

/**
 * Makes a VFS of the package's answer SQLITE_FULL where the browser gives no more space, as one on a disk does: also where
 * a write stops halfway, which Chromium's private windows say nothing else of.
 */
export function tellFull({ static: { capi, wasm } }: Sqlite, vfs: string): void {
  const structs = capi as unknown as Structs;
  const orFull = (call: () => number): number => {
    takeRefusal();
    const code = call();
    return code !== CODE.ok && takeRefusal() ? CODE.full : code;
  };
  const wrap = (signature: string, at: number): number => {
    const method = wasm.functionEntry(at) as Method;
    return wasm.installFunction(signature, (...args: (number | bigint)[]) => orFull(() => method(...args)));
  };
  const wrapMethods = (original: number): number => {
    const copy = new structs.sqlite3_io_methods();
    wasm.heap8u().copyWithin(copy.pointer, original, original + copy.structInfo.sizeof);
    copy.$xWrite = wrap("i(ppij)", copy.$xWrite);
    copy.$xTruncate = wrap("i(pj)", copy.$xTruncate);
    copy.$xSync = wrap("i(pi)", copy.$xSync);
    return copy.pointer;
  };

  const found = new structs.sqlite3_vfs(capi.sqlite3_vfs_find(vfs));
  const open = wasm.functionEntry(found.$xOpen) as Method;
  // Those of all its files are the same.
  let methods: number | undefined;
  found.$xOpen = wasm.installFunction(
    "i(pppip)",
    (at: number, name: number, file: number, flags: number, out: number) => {
      const code = orFull(() => open(at, name, file, flags, out));
      if (code !== CODE.ok) return code;
      const struct = new structs.sqlite3_file(file);
      methods ??= wrapMethods(struct.$pMethods);
      struct.$pMethods = methods;
      struct.dispose();
      return code;
    },
  );
}
