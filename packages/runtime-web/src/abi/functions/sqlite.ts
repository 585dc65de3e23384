import { tellDenied } from "../../kernel/denials.ts";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { Process } from "../../kernel/process.ts";
import { answer } from "../answer.ts";
import type { HostBinding } from "../binding.ts";
import { readBindList } from "../bindList.ts";
import { DatabaseHoldings, type HeldConnection } from "../databaseHoldings.ts";
import { absolutePath, directoryOf, isPrivateDatabase, liesInside } from "../databasePath.ts";
import type { DatabaseAnswer, DatabaseRequest } from "../databases.ts";
import { copyOut, type GuestMemory, readString, writeU32, writeU64 } from "../guestMemory.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import type { sqliteSignatures } from "../signatures/sqlite.ts";
import { encodeText } from "../text.ts";

const OK = 0n;
const FAILED = 1n;
const CANT_OPEN = "unable to open database file (code 14)";
const NUL = "\0";
/** The engine would take what is before it for all. Natively it is refused too. */
const SQL_WITH_NUL = "the SQL has a NUL in it: bind the value that it is part of";
/** What a call costs its slice: about its share of host time, so that a loop of queries is preempted. */
const CALL_INSTRUCTIONS = 2000;
/** Of a bind, and one more for 8 bytes. */
const BIND_INSTRUCTIONS = 200;
/** And for each millisecond in which the executor stood still for it: about what a process executes in one. */
const INSTRUCTIONS_PER_MS = 1_500_000;

/** lunatic::sqlite: databases, whose engine runs in a worker of its own. Host ABI 3.12. */
export function sqliteFunctions(binding: HostBinding): FunctionsOf<typeof sqliteSignatures> {
  const { kernel, databases } = binding;
  const holdings = (): DatabaseHoldings => DatabaseHoldings.of(binding.process, databases);

  function ask<Result extends number | bigint | undefined>(
    name: string,
    request: DatabaseRequest,
    finish: (memory: GuestMemory, answer: DatabaseAnswer) => Result,
  ) {
    const { process } = binding;
    binding.chargeSlice(CALL_INSTRUCTIONS);
    return answer<DatabaseAnswer, Result>(
      binding,
      `lunatic::sqlite::${name}`,
      (complete) =>
        kernel.awaitHost(process, complete, (given) => {
          const stoodStillMs = databases.ask(request, given);
          if (stoodStillMs > 0) binding.chargeSlice(Math.ceil(stoodStillMs * INSTRUCTIONS_PER_MS));
        }),
      finish,
    );
  }

  /** Puts bytes where the guest's allocator wants them, and their length, a u32, where the guest says (ch. 17, 5). */
  function give(bytes: Uint8Array, lengthPtr: number): number {
    const ptr = binding.allocate(bytes.length);
    copyOut(binding.memory, ptr, bytes);
    writeU32(binding.memory, lengthPtr, bytes.length);
    return ptr;
  }

  return {
    open(pathPtr, pathLen, idPtr) {
      const { process } = binding;
      const path = readString(binding.memory, pathPtr, pathLen);
      const fail = (memory: GuestMemory, text: string): bigint => {
        writeU64(memory, idPtr, process.errors.add(text, text.length));
        return FAILED;
      };
      const refusal = refuse(binding, path);
      if (refusal !== undefined) return fail(binding.memory, refusal);
      const held = holdings();
      const connection = held.begin();
      const request = {
        type: "open",
        connection,
        path: isPrivateDatabase(path) ? path : absolutePath(path),
        directories: preopens(process),
      } as const;
      return ask("open", request, (memory, outcome) => {
        if (outcome.type === "done") {
          writeU64(memory, idPtr, held.add(connection));
          return OK;
        }
        held.abandon(connection);
        return fail(memory, outcome.type === "failed" ? failureText(outcome) : lostText(outcome));
      });
    },
    query_prepare(connectionId, sqlPtr, sqlLen) {
      const sql = readString(binding.memory, sqlPtr, sqlLen);
      const held = holdings();
      const connection = held.connection(connectionId);
      if (sql.includes(NUL)) throw new GuestTrap(SQL_WITH_NUL);
      const statement = databases.nextNumber();
      const request = { type: "prepare", connection: connection.number, statement, sql } as const;
      return ask("query_prepare", request, (_, outcome) => {
        if (outcome.type !== "prepared") throw failed(connection, outcome);
        note(connection, 0, "");
        return held.addStatement(connection, statement, outcome.columns, outcome.parameters);
      });
    },
    execute(connectionId, sqlPtr, sqlLen) {
      const sql = readString(binding.memory, sqlPtr, sqlLen);
      const connection = holdings().connection(connectionId);
      if (sql.includes(NUL)) {
        note(connection, 1, SQL_WITH_NUL);
        return 1;
      }
      const request = { type: "execute", connection: connection.number, sql } as const;
      return ask("execute", request, (_, outcome) => {
        if (outcome.type === "done") {
          connection.changes = outcome.changes;
          note(connection, 0, "");
          return 0;
        }
        if (outcome.type !== "failed") throw failed(connection, outcome);
        note(connection, outcome.code, outcome.message);
        return outcome.code;
      });
    },
    bind_value(statementId, listPtr, listLen) {
      const held = holdings();
      const statement = held.statement(statementId);
      binding.chargeSlice(BIND_INSTRUCTIONS + (listLen >>> 3));
      statement.bind(readBindList(binding.memory, listPtr, listLen, statement.parameters));
      held.count(statementId, statement);
    },
    sqlite3_changes(connectionId) {
      return holdings().connection(connectionId).changes;
    },
    statement_reset(statementId) {
      const statement = holdings().statement(statementId);
      const { connection, number } = statement;
      if (statement.reset()) {
        databases.tell({ type: "reset", connection: connection.number, statement: number });
      }
    },
    sqlite3_finalize(statementId) {
      const { connection, number } = holdings().removeStatement(statementId);
      databases.tell({ type: "finalize", connection: connection.number, statement: number });
    },
    sqlite3_step(statementId) {
      const held = holdings();
      const statement = held.statement(statementId);
      const known = statement.advance();
      if (known !== undefined) return known;
      return ask("sqlite3_step", statement.request(), (_, outcome) => {
        if (outcome.type !== "rows") throw failed(statement.connection, outcome);
        statement.receive(outcome);
        held.count(statementId, statement);
        const code = statement.advance();
        if (code === undefined) throw new Error("the database has answered a step with nothing");
        return code;
      });
    },
    column_count(statementId) {
      return holdings().statement(statementId).columns.length;
    },
    read_column(statementId, index, lengthPtr) {
      return give(
        holdings()
          .statement(statementId)
          .column(index >>> 0),
        lengthPtr,
      );
    },
    read_row(statementId, lengthPtr) {
      return give(holdings().statement(statementId).row, lengthPtr);
    },
    column_names(statementId, lengthPtr) {
      return give(encodeTexts(holdings().statement(statementId).columns), lengthPtr);
    },
    column_name(statementId, index, lengthPtr) {
      const { columns } = holdings().statement(statementId);
      const name = columns[index >>> 0];
      if (name === undefined) {
        throw new GuestTrap(`there is no column ${index >>> 0}: the statement has ${columns.length}`);
      }
      return give(encodeText(name), lengthPtr);
    },
    last_error(connectionId, lengthPtr) {
      const { code, message } = holdings().connection(connectionId);
      if (code === 0) throw new GuestTrap("the connection has no error to tell");
      return give(encodeError(code, message), lengthPtr);
    },
  };
}

/** Why a process may not open a database there; undefined: it may. The directories are checked before anything is asked. */
function refuse({ process, databases }: HostBinding, path: string): string | undefined {
  if (path.includes(NUL)) return `${CANT_OPEN}: the path has a NUL in it`;
  const directory = directoryOf(absolutePath(path));
  if (!liesInside(directory, preopens(process))) {
    const reason = "it lies outside of the directories that its config preopens";
    tellDenied(process, `the database ${JSON.stringify(path)}`, reason);
    return `Failed to access '${path}': ${reason}`;
  }
  if (isPrivateDatabase(path) || databases.hasDirectory(process, directory)) return undefined;
  return `${CANT_OPEN}: there is no directory ${directory}`;
}

function preopens({ config }: Process): string[] {
  return config.preopenedDirs.map(absolutePath);
}

function note(connection: HeldConnection, code: number, message: string): void {
  connection.code = code;
  connection.message = message;
}

/** A failure for which the ABI has no code. */
function failed(connection: HeldConnection, outcome: DatabaseAnswer): Error {
  if (outcome.type === "lost") return new GuestTrap(lostText(outcome));
  if (outcome.type !== "failed") return new Error(`the database has answered with ${outcome.type}`);
  note(connection, outcome.code, outcome.message);
  return new GuestTrap(failureText(outcome));
}

/** As natively. */
function failureText({ code, message }: Extract<DatabaseAnswer, { type: "failed" }>): string {
  return `${message} (code ${code})`;
}

function lostText(outcome: DatabaseAnswer): string {
  return outcome.type === "lost" ? outcome.message : `the database has answered with ${outcome.type}`;
}

/** Bincode of a vec of strings. */
function encodeTexts(texts: readonly string[]): Uint8Array {
  const encoded = texts.map(encodeText);
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + 8 + length, 8));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, texts.length, true);
  let at = 8;
  for (const text of encoded) {
    view.setUint32(at, text.length, true);
    bytes.set(text, at + 8);
    at += 8 + text.length;
  }
  return bytes;
}

/** Bincode of an optional u32 and an optional string, both present. */
function encodeError(code: number, message: string): Uint8Array {
  const text = encodeText(message);
  const bytes = new Uint8Array(14 + text.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = 1;
  view.setUint32(1, code, true);
  bytes[5] = 1;
  view.setUint32(6, text.length, true);
  bytes.set(text, 14);
  return bytes;
}
