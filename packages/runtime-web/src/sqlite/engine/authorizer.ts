import { absolutePath, directoryOf, isPrivateDatabase, liesInside } from "../../abi/databasePath.ts";
import type { Sqlite } from "./library.ts";

const ALLOW = 0;
const DENY = 1;
const ATTACH = 24;
/** What a viewer may do: select, read a column, call a function, recurse in a common table expression. */
const READING: ReadonlySet<number> = new Set([21, 20, 31, 33]);
const PRAGMA = 19;
/** Pragmas that tell something and change nothing. */
const READING_PRAGMAS: ReadonlySet<string> = new Set([
  "table_info",
  "table_xinfo",
  "table_list",
  "index_list",
  "index_info",
  "index_xinfo",
  "foreign_key_list",
  "foreign_key_check",
  "database_list",
  "collation_list",
  "function_list",
  "compile_options",
  "page_count",
  "freelist_count",
  "data_version",
  "page_size",
  "encoding",
  "schema_version",
  "user_version",
  "application_id",
  "integrity_check",
  "quick_check",
]);
/** The ones among them that take a value and set it. */
const SETTABLE: ReadonlySet<string> = new Set([
  "page_size",
  "encoding",
  "schema_version",
  "user_version",
  "application_id",
]);

/**
 * What connections may do beyond using their database. sqlite asks when it prepares a statement, also one of its own:
 * `VACUUM INTO` attaches the file that it writes.
 */
export class Authorizer {
  readonly #sqlite: Sqlite;
  readonly #function: number;
  /** By connection: where it may attach databases from; "reader": it may only read. */
  readonly #rules = new Map<number, readonly string[] | "reader">();

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    this.#function = sqlite.static.wasm.installFunction(
      "i(pipppp)",
      (db: number, action: number, first: number, second: number) => this.#decide(db, action, first, second),
    );
  }

  rule(db: number, rule: readonly string[] | "reader"): void {
    this.#rules.set(db, rule);
    this.#sqlite.functions.sqlite3_set_authorizer(db, this.#function, db);
  }

  /** Before the connection is closed. */
  forget(db: number): void {
    this.#rules.delete(db);
  }

  #decide(db: number, action: number, first: number, second: number): number {
    const rule = this.#rules.get(db);
    if (rule === "reader") return this.#mayRead(action, first, second) ? ALLOW : DENY;
    if (action !== ATTACH || rule === undefined) return ALLOW;
    // An expression that is not a text cannot be judged beforehand.
    if (first === 0) return DENY;
    const name = this.#sqlite.text(first);
    if (isPrivateDatabase(name)) return ALLOW;
    // An address could name another place of files (`?vfs=`).
    if (name.startsWith("file:")) return DENY;
    return liesInside(directoryOf(absolutePath(name)), rule) ? ALLOW : DENY;
  }

  #mayRead(action: number, first: number, second: number): boolean {
    if (READING.has(action)) return true;
    if (action !== PRAGMA) return false;
    const name = this.#sqlite.text(first).toLowerCase();
    return READING_PRAGMAS.has(name) && (second === 0 || !SETTABLE.has(name));
  }
}
