import type { DatabaseAnswer, DatabaseCommand, DatabaseRequest, StepEnd } from "../abi/databases.ts";
import { ByteReader, FrameError } from "./byteReader.ts";
import { ByteWriter } from "./byteWriter.ts";

const REQUEST_TYPES = ["open", "execute", "prepare", "step", "reset", "finalize", "close"] as const;
const ANSWER_TYPES = ["failed", "done", "prepared", "rows", "lost", "waits"] as const;
const STEP_ENDS: readonly StepEnd[] = ["more", "done", "failed"];
/** The number of what has no answer. */
export const NO_REQUEST = 0;

export type DatabaseMessage = DatabaseRequest | DatabaseCommand;

const writer = new ByteWriter();

/**
 * | request u32 | type u8 | connection u32 | … by type |
 * @param request number that the answer repeats; NO_REQUEST for a command
 * @returns valid until the next call of an encoder here
 */
export function encodeDatabaseRequest(request: number, message: DatabaseMessage): Uint8Array {
  writer.restart();
  writer.u32(request);
  writer.u8(REQUEST_TYPES.indexOf(message.type));
  writer.u32(message.connection);
  switch (message.type) {
    case "open":
      writer.text(message.path);
      writeTexts(message.directories);
      break;
    case "execute":
      writer.text(message.sql);
      break;
    case "prepare":
      writer.u32(message.statement);
      writer.text(message.sql);
      break;
    case "step":
      writer.u32(message.statement);
      writer.u8(message.reset ? 1 : 0);
      writer.u32(message.maxRows);
      writer.bytes(message.bindings);
      break;
    case "reset":
    case "finalize":
      writer.u32(message.statement);
      break;
    case "close":
      break;
    default:
      message satisfies never;
  }
  return writer.finish();
}

/** @returns with bindings that lie in the frame. @throws FrameError */
export function decodeDatabaseRequest(frame: Uint8Array<ArrayBuffer>): {
  request: number;
  message: DatabaseMessage;
} {
  const reader = new ByteReader(frame);
  const request = reader.u32();
  const message = readMessage(reader);
  reader.finish();
  return { request, message };
}

function readMessage(reader: ByteReader): DatabaseMessage {
  const at = reader.offset;
  const type = REQUEST_TYPES[reader.u8()];
  const connection = reader.u32();
  switch (type) {
    case "open":
      return { type, connection, path: reader.text(), directories: readTexts(reader) };
    case "execute":
      return { type, connection, sql: reader.text() };
    case "prepare":
      return { type, connection, statement: reader.u32(), sql: reader.text() };
    case "step":
      return {
        type,
        connection,
        statement: reader.u32(),
        reset: reader.u8() === 1,
        maxRows: reader.u32(),
        bindings: reader.bytes(),
      };
    case "reset":
    case "finalize":
      return { type, connection, statement: reader.u32() };
    case "close":
      return { type, connection };
    default:
      throw new FrameError("no request of this type", at);
  }
}

/** | request u32 | type u8 | … by type |. @returns valid until the next call of an encoder here */
export function encodeDatabaseAnswer(request: number, answer: DatabaseAnswer): Uint8Array {
  writer.restart();
  writer.u32(request);
  writer.u8(ANSWER_TYPES.indexOf(answer.type));
  switch (answer.type) {
    case "failed":
      writer.u32(answer.code);
      writer.text(answer.message);
      break;
    case "done":
      writer.u32(answer.changes);
      break;
    case "prepared":
      writeTexts(answer.columns);
      writeTexts(answer.parameters);
      break;
    case "rows":
      writer.u8(STEP_ENDS.indexOf(answer.end));
      writer.u32(answer.changes);
      writer.bytes(answer.rows);
      // Decoding a text takes most of what an empty answer costs, so it is there only where it says something.
      if (answer.end !== "failed") break;
      writer.u32(answer.code);
      writer.text(answer.message);
      break;
    case "lost":
      writer.text(answer.message);
      break;
    case "waits":
      break;
    default:
      answer satisfies never;
  }
  return writer.finish();
}

/** @returns with bytes of its own. @throws FrameError */
export function decodeDatabaseAnswer(frame: Uint8Array<ArrayBuffer>): {
  request: number;
  answer: DatabaseAnswer;
} {
  const reader = new ByteReader(frame);
  const request = reader.u32();
  const answer = readAnswer(reader);
  reader.finish();
  return { request, answer };
}

function readAnswer(reader: ByteReader): DatabaseAnswer {
  const at = reader.offset;
  const type = ANSWER_TYPES[reader.u8()];
  switch (type) {
    case "failed":
      return { type, code: reader.u32(), message: reader.text() };
    case "done":
      return { type, changes: reader.u32() };
    case "prepared":
      return { type, columns: readTexts(reader), parameters: readTexts(reader) };
    case "rows": {
      const end = STEP_ENDS[reader.u8()] ?? "failed";
      const changes = reader.u32();
      const rows = reader.copy();
      const hasFailed = end === "failed";
      const code = hasFailed ? reader.u32() : 0;
      return { type, end, changes, rows, code, message: hasFailed ? reader.text() : "" };
    }
    case "lost":
      return { type, message: reader.text() };
    case "waits":
      return { type };
    default:
      throw new FrameError("no answer of this type", at);
  }
}

function writeTexts(texts: readonly string[]): void {
  writer.u32(texts.length);
  for (const text of texts) writer.text(text);
}

function readTexts(reader: ByteReader): string[] {
  return Array.from({ length: reader.u32() }, () => reader.text());
}
