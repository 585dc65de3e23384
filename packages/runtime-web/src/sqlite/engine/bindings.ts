import { CODE, type Sqlite, TRANSIENT } from "./library.ts";

/** The kinds of a bound value (BindValue, host ABI 3.12). */
const KIND = { none: 0, blob: 1, text: 2, double: 3, int: 4, int64: 5 } as const;
const NUMERIC_KEY = 1;
const FIRST_BYTES = 1024;

/** Binds lists of values, whose texts and blobs the engine wants in its heap. */
export class Binder {
  readonly #sqlite: Sqlite;
  #at = 0;
  #capacity = 0;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  /**
   * @param list bincode of a BindList with numeric keys, checked by the executor that sent it
   * @returns sqlite's code
   */
  bind(statement: number, list: Uint8Array): number {
    const { functions } = this.#sqlite;
    const at = this.#place(list);
    let view = this.#viewOfHeap();
    const count = view.getUint32(at, true);
    let offset = at + 8;
    for (let i = 0; i < count; i++) {
      if (view.getUint32(offset, true) !== NUMERIC_KEY) return CODE.misuse;
      const index = view.getUint32(offset + 4, true);
      const kind = view.getUint32(offset + 12, true);
      offset += 16;
      let code: number;
      switch (kind) {
        case KIND.none:
          code = functions.sqlite3_bind_null(statement, index);
          break;
        case KIND.double:
          code = functions.sqlite3_bind_double(statement, index, view.getFloat64(offset, true));
          offset += 8;
          break;
        case KIND.int:
          code = functions.sqlite3_bind_int64(statement, index, BigInt(view.getInt32(offset, true)));
          offset += 4;
          break;
        case KIND.int64:
          code = functions.sqlite3_bind_int64(statement, index, view.getBigInt64(offset, true));
          offset += 8;
          break;
        default: {
          const length = view.getUint32(offset, true);
          offset += 8;
          code =
            kind === KIND.text
              ? functions.sqlite3_bind_text(statement, index, offset, length, TRANSIENT)
              : length === 0
                ? functions.sqlite3_bind_zeroblob(statement, index, 0)
                : functions.sqlite3_bind_blob(statement, index, offset, length, TRANSIENT);
          offset += length;
          // The copy may have made the heap larger.
          view = this.#viewOfHeap();
        }
      }
      if (code !== CODE.ok) return code;
    }
    return CODE.ok;
  }

  #viewOfHeap(): DataView {
    const { buffer } = this.#sqlite.heap;
    if (this.#view.buffer !== buffer) this.#view = new DataView(buffer);
    return this.#view;
  }

  #place(list: Uint8Array): number {
    if (list.length > this.#capacity) {
      const { functions } = this.#sqlite;
      functions.free(this.#at);
      this.#capacity = Math.max(list.length, FIRST_BYTES);
      this.#at = functions.malloc(this.#capacity);
      if (this.#at === 0) {
        this.#capacity = 0;
        throw new RangeError(`sqlite has no memory for values of ${list.length} bytes`);
      }
    }
    this.#sqlite.heap.set(list, this.#at);
    return this.#at;
  }
}
