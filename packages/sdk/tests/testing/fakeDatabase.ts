import type { FakeHost } from "./fakeHost.ts";

/** A value as a statement is given it, or as a row has it. */
export type SqlValue =
  | null
  | { readonly blob: readonly number[] }
  | { readonly text: string }
  | { readonly double: number }
  | { readonly int: number }
  | { readonly int64: bigint }
  | { readonly integer: bigint }
  | { readonly i64: bigint };

export interface FakeStatement {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

interface Seen {
  /** What the last statement was given: index or name, and value. */
  bound: [bigint | string, SqlValue][];
  readonly executed: string[];
  finalized: number;
  allocations: number;
}

const ROW = 100;
const DONE = 101;
const CONSTRAINT_UNIQUE = 2067;

/**
 * lunatic::sqlite with answers that are known beforehand: it shows what a guest sends, and sends what a host does, in
 * the bytes of host ABI 3.12.
 * @param statements by their SQL
 */
export function fakeDatabase(statements: Readonly<Record<string, FakeStatement>>) {
  const seen: Seen = { bound: [], executed: [], finalized: 0, allocations: 0 };
  const prepared: { statement: FakeStatement; next: number }[] = [];
  const install = ({ functions, memory }: FakeHost) => {
    const answer = (bytes: Uint8Array, lengthPtr: number | bigint | undefined) => {
      seen.allocations++;
      return memory.allocate(bytes, lengthPtr!);
    };
    Object.assign(functions, {
      "lunatic::sqlite.open": (_path, _length, id) => {
        memory.writeU64(id!, 0n);
        return 0n;
      },
      "lunatic::sqlite.execute": (_, ptr, length) => {
        const sql = memory.text(ptr!, length!);
        seen.executed.push(sql);
        return sql === "fail" ? 19 : 0;
      },
      "lunatic::sqlite.last_error": (_, length) =>
        answer(
          new Bytes().u8(1).u32(CONSTRAINT_UNIQUE).u8(1).text("UNIQUE constraint failed").take(),
          length,
        ),
      "lunatic::sqlite.sqlite3_changes": () => 3,
      "lunatic::sqlite.query_prepare": (_, ptr, length) =>
        BigInt(prepared.push({ statement: statements[memory.text(ptr!, length!)]!, next: 0 }) - 1),
      "lunatic::sqlite.bind_value": (_, ptr, length) => {
        seen.bound = readBindings(memory.bytes(ptr!, length!).slice());
        return undefined;
      },
      "lunatic::sqlite.sqlite3_step": (id) => {
        const one = prepared[Number(id)]!;
        return one.next++ < one.statement.rows.length ? ROW : DONE;
      },
      "lunatic::sqlite.read_row": (id, length) => {
        const { statement, next } = prepared[Number(id)]!;
        return answer(writeRow(statement.rows[next - 1]!), length);
      },
      "lunatic::sqlite.column_names": (id, length) => {
        const { columns } = prepared[Number(id)]!.statement;
        const bytes = new Bytes().u64(BigInt(columns.length));
        for (const column of columns) bytes.text(column);
        return answer(bytes.take(), length);
      },
      "lunatic::sqlite.sqlite3_finalize": () => {
        seen.finalized++;
        return undefined;
      },
    } satisfies FakeHost["functions"]);
  };
  return { install, seen };
}

function writeRow(row: readonly SqlValue[]): Uint8Array {
  const bytes = new Bytes().u64(BigInt(row.length));
  for (const value of row) {
    if (value === null) bytes.u32(0);
    else if ("blob" in value) bytes.u32(1).raw(Uint8Array.from(value.blob));
    else if ("text" in value) bytes.u32(2).text(value.text);
    else if ("double" in value) bytes.u32(3).f64(value.double);
    else if ("integer" in value) bytes.u32(4).u64(value.integer);
    else if ("i64" in value) bytes.u32(5).u64(value.i64);
    else throw new Error("a host writes no such value");
  }
  return bytes.take();
}

function readBindings(bytes: Uint8Array): [bigint | string, SqlValue][] {
  const view = new DataView(bytes.buffer);
  let at = 0;
  const take = (length: number) => {
    at += length;
    return at - length;
  };
  const u32 = () => view.getUint32(take(4), true);
  const u64 = () => view.getBigUint64(take(8), true);
  const raw = () => {
    const length = Number(u64());
    const start = take(length);
    return bytes.slice(start, start + length);
  };
  const values: (() => SqlValue)[] = [
    () => null,
    () => ({ blob: [...raw()] }),
    () => ({ text: Buffer.from(raw()).toString() }),
    () => ({ double: view.getFloat64(take(8), true) }),
    () => ({ int: u32() | 0 }),
    () => ({ int64: BigInt.asIntN(64, u64()) }),
  ];
  const bindings = Array.from({ length: Number(u64()) }, (): [bigint | string, SqlValue] => {
    const key = u32() === 1 ? u64() : Buffer.from(raw()).toString();
    return [key, values[u32()]!()];
  });
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes too many`);
  return bindings;
}

/** Bincode, piece by piece. */
class Bytes {
  readonly #parts: Uint8Array[] = [];

  #number(length: number, write: (view: DataView) => void): this {
    const bytes = new Uint8Array(length);
    write(new DataView(bytes.buffer));
    this.#parts.push(bytes);
    return this;
  }

  u8(value: number): this {
    return this.#number(1, (view) => view.setUint8(0, value));
  }

  u32(value: number): this {
    return this.#number(4, (view) => view.setUint32(0, value, true));
  }

  u64(value: bigint): this {
    return this.#number(8, (view) => view.setBigUint64(0, BigInt.asUintN(64, value), true));
  }

  f64(value: number): this {
    return this.#number(8, (view) => view.setFloat64(0, value, true));
  }

  raw(bytes: Uint8Array): this {
    this.u64(BigInt(bytes.length));
    this.#parts.push(bytes);
    return this;
  }

  text(text: string): this {
    return this.raw(Buffer.from(text));
  }

  take(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}
