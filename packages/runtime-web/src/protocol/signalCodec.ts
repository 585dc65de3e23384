import type { ExitReason } from "../kernel/exit.ts";
import type { ModuleId, Pid } from "../kernel/ids.ts";
import type { DataMessage, MessageResource } from "../kernel/message.ts";
import type { ControlSignal, Signal } from "../kernel/signal.ts";
import { type ByteReader, FrameError } from "./byteReader.ts";
import type { ByteWriter } from "./byteWriter.ts";

/** First byte of a signal. Part of the frame format: append, never renumber. */
const SIGNAL_BYTE = {
  data: 1,
  linkDied: 2,
  processDied: 3,
  kill: 4,
  dieWhenLinkDies: 5,
  link: 6,
  unlink: 7,
  linkEnded: 8,
  monitor: 9,
  stopMonitoring: 10,
  processEnded: 11,
  openGate: 12,
} as const satisfies Record<Signal["kind"], number>;

const KINDS = invert(SIGNAL_BYTE);
const REASONS = ["normal", "failure", "noProcess"] as const satisfies readonly ExitReason[];
const NO_RESOURCE = 0;
const MODULE_RESOURCE = 1;

export function writeSignal(writer: ByteWriter, signal: Signal): void {
  writer.u8(SIGNAL_BYTE[signal.kind]);
  switch (signal.kind) {
    case "data":
      writeData(writer, signal);
      return;
    case "linkDied":
      writer.i64(signal.tag);
      writer.u53(signal.from);
      return;
    case "processDied":
      writer.u53(signal.from);
      return;
    case "dieWhenLinkDies":
      writer.u8(signal.on ? 1 : 0);
      return;
    case "link":
      writer.u53(signal.peer);
      writer.i64(signal.tag);
      return;
    case "linkEnded":
      writer.u53(signal.peer);
      writer.i64(signal.tag);
      writer.u8(REASONS.indexOf(signal.reason));
      return;
    case "kill":
    case "unlink":
    case "monitor":
    case "stopMonitoring":
    case "processEnded":
    case "openGate":
      writer.u53(signal.peer);
      return;
    default:
      signal satisfies never;
  }
}

/** The buffer of a data message is a view into the frame. @throws FrameError */
export function readSignal(reader: ByteReader): Signal {
  const { offset } = reader;
  const kind = KINDS.get(reader.u8());
  switch (kind) {
    case "data":
      return readData(reader);
    case "linkDied":
      return { kind, tag: reader.i64(), from: readPid(reader) };
    case "processDied":
      return { kind, from: readPid(reader) };
    case "dieWhenLinkDies":
      return { kind, on: reader.u8() !== 0 };
    case "link":
      return { kind, peer: readPid(reader), tag: reader.i64() };
    case "linkEnded":
      return { kind, peer: readPid(reader), tag: reader.i64(), reason: readReason(reader) };
    case "kill":
    case "unlink":
    case "monitor":
    case "stopMonitoring":
    case "processEnded":
    case "openGate":
      return { kind, peer: readPid(reader) } satisfies ControlSignal;
    default:
      throw new FrameError("unknown signal", offset);
  }
}

function writeData(writer: ByteWriter, message: DataMessage): void {
  writer.i64(message.tag);
  writer.u53(message.from);
  writer.u8(message.isUntold ? 1 : 0);
  // A float, because seek_data takes any u64.
  writer.f64(message.readPosition);
  writer.bytes(message.buffer.subarray(0, message.length));
  writer.u32(message.resources.length);
  for (const resource of message.resources) {
    writer.u8(resource === undefined ? NO_RESOURCE : MODULE_RESOURCE);
    if (resource !== undefined) writer.u53(resource.module);
  }
}

function readData(reader: ByteReader): DataMessage {
  const tag = reader.i64();
  const from = readPid(reader);
  const isUntold = reader.u8() !== 0;
  const readPosition = reader.f64();
  const buffer = reader.bytes();
  const resources: (MessageResource | undefined)[] = [];
  for (let left = reader.u32(); left > 0; left--) resources.push(readResource(reader));
  return { kind: "data", tag, buffer, length: buffer.length, readPosition, resources, from, isUntold };
}

function readResource(reader: ByteReader): MessageResource | undefined {
  const { offset } = reader;
  switch (reader.u8()) {
    case NO_RESOURCE:
      return undefined;
    case MODULE_RESOURCE:
      return { kind: "module", module: reader.u53() as ModuleId };
    default:
      throw new FrameError("unknown resource", offset);
  }
}

function readReason(reader: ByteReader): ExitReason {
  const { offset } = reader;
  const reason = REASONS[reader.u8()];
  if (reason === undefined) throw new FrameError("unknown exit reason", offset);
  return reason;
}

function readPid(reader: ByteReader): Pid {
  return reader.u53() as Pid;
}

function invert<Key extends string>(table: Record<Key, number>): ReadonlyMap<number, Key> {
  return new Map(Object.entries<number>(table).map(([key, byte]) => [byte, key as Key]));
}
