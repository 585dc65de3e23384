/**
 * Databases:
 *
 * ```ts
 * import { SqliteClient } from "lunatic/sqlite";
 * ```
 */

export { SqliteClient } from "./client";
export { SqliteCode, SqliteError } from "./error";
export { Statement } from "./statement";
export { Value, ValueKind } from "./value";
