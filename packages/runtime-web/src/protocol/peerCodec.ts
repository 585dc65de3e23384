import type { EnvironmentId, ModuleId, Pid } from "../kernel/ids.ts";
import type { PeerEnvelope, RegistryAnswer, RegistryOperation } from "../kernel/peers.ts";
import type { RegistryEntry } from "../kernel/spawnRequest.ts";
import { ByteReader, FrameError } from "./byteReader.ts";
import { ByteWriter } from "./byteWriter.ts";
import { readConfig, writeConfig } from "./configCodec.ts";
import { readMove, writeMove } from "./moveCodec.ts";
import { readSignal, writeSignal } from "./signalCodec.ts";

/**
 * Frame: | version u8 | envelope u8 | environment u53 | sequence u53 | fields of the envelope |, little-endian; text and
 * bytes with their length before them. The sequence is the sender's in the order of events (inspect/causalSequence.ts). Both ends run the same build; the version guards against a worker of an older one that a
 * page reload left behind.
 */
const FRAME_VERSION = 3;
/** Part of the frame format: append, never renumber. */
const ENVELOPE_BYTE = {
  signal: 1,
  spawn: 2,
  spawned: 3,
  abandonSpawn: 4,
  registryRequest: 5,
  registrySettle: 6,
  registryReply: 7,
  move: 8,
  existsRequest: 9,
  existsReply: 10,
  gone: 11,
  survivors: 12,
  registryWithdraw: 13,
} as const satisfies Record<PeerEnvelope["type"], number>;
const OPERATIONS = [
  "put",
  "get",
  "remove",
  "reserve",
] as const satisfies readonly RegistryOperation["type"][];
const ANSWERS = [
  "done",
  "found",
  "notFound",
  "reserved",
] as const satisfies readonly RegistryAnswer["type"][];

const writer = new ByteWriter();

/**
 * @param sequence the newest number of the environment's events here; 0 where all executors count in one place
 * @returns the envelope's frame, in a buffer that the next call overwrites: post it, or copy it, before
 */
export function encodeEnvelope(envelope: PeerEnvelope, sequence = 0): Uint8Array {
  writer.restart();
  writer.u8(FRAME_VERSION);
  writer.u8(ENVELOPE_BYTE[envelope.type]);
  writer.u53(envelope.environment);
  writer.u53(sequence);
  writeFields(envelope);
  return writer.finish();
}

/**
 * Messages, params and texts of the result may be views into the frame, which belongs to the envelope from here on.
 * @throws FrameError another version, an unknown envelope, missing or additional bytes
 */
export function decodeEnvelope(frame: Uint8Array<ArrayBuffer>): { envelope: PeerEnvelope; sequence: number } {
  const reader = new ByteReader(frame);
  const version = reader.u8();
  if (version !== FRAME_VERSION) {
    throw new FrameError(`frame version ${version} instead of ${FRAME_VERSION}, reload the page`, 0);
  }
  const { offset } = reader;
  const type = reader.u8();
  const environment = reader.u53() as EnvironmentId;
  const sequence = reader.u53();
  const envelope = readEnvelope(reader, type, environment, offset);
  reader.finish();
  return { envelope, sequence };
}

function writeFields(envelope: PeerEnvelope): void {
  switch (envelope.type) {
    case "signal":
      writer.u53(envelope.from);
      writer.u53(envelope.to);
      writeSignal(writer, envelope.signal);
      return;
    case "spawn":
      writer.u53(envelope.request);
      writer.u53(envelope.pid);
      writer.u53(envelope.parent);
      writer.i64(envelope.link);
      writer.u8(envelope.gated ? 1 : 0);
      writer.u53(envelope.heard);
      writer.u53(envelope.module);
      writer.text(envelope.entry);
      writer.bytes(envelope.params);
      writeConfig(writer, envelope.config);
      return;
    case "move":
      writeMove(writer, envelope);
      return;
    case "spawned":
      writer.u53(envelope.request);
      writer.u8(envelope.failure === undefined ? 0 : 1);
      if (envelope.failure !== undefined) writer.text(envelope.failure);
      return;
    case "abandonSpawn":
      writer.u53(envelope.pid);
      return;
    case "registryRequest":
      writer.u53(envelope.request);
      writer.text(envelope.name);
      writer.u8(envelope.mayWait ? 1 : 0);
      writer.u8(OPERATIONS.indexOf(envelope.operation.type));
      if (envelope.operation.type === "put") writeEntry(envelope.operation.entry);
      return;
    case "existsRequest":
      writer.u53(envelope.request);
      writer.u53(envelope.pid);
      return;
    case "existsReply":
      writer.u53(envelope.request);
      writer.u8(envelope.exists ? 1 : 0);
      return;
    case "gone":
      writer.u53(envelope.pid);
      return;
    case "survivors":
      writer.u32(envelope.lost);
      writePids(envelope.died);
      writePids(envelope.living);
      return;
    case "registryWithdraw":
      writer.u53(envelope.request);
      writer.text(envelope.name);
      return;
    case "registrySettle":
      writer.text(envelope.name);
      writer.u8(envelope.entry === undefined ? 0 : 1);
      if (envelope.entry !== undefined) writeEntry(envelope.entry);
      return;
    case "registryReply":
      writer.u53(envelope.request);
      writer.u8(ANSWERS.indexOf(envelope.answer.type));
      if (envelope.answer.type === "found") writeEntry(envelope.answer.entry);
      return;
    default:
      envelope satisfies never;
  }
}

/** @param offset of the type in the frame */
function readEnvelope(
  reader: ByteReader,
  type: number,
  environment: EnvironmentId,
  offset: number,
): PeerEnvelope {
  switch (type) {
    case ENVELOPE_BYTE.signal: {
      const from = reader.u53() as Pid;
      return { type: "signal", environment, from, to: reader.u53() as Pid, signal: readSignal(reader) };
    }
    case ENVELOPE_BYTE.spawn:
      return {
        type: "spawn",
        environment,
        request: reader.u53(),
        pid: reader.u53() as Pid,
        parent: reader.u53() as Pid,
        link: reader.i64(),
        gated: reader.u8() !== 0,
        heard: reader.u53(),
        module: reader.u53() as ModuleId,
        entry: reader.text(),
        params: reader.bytes(),
        config: readConfig(reader),
      };
    case ENVELOPE_BYTE.move:
      return readMove(reader, environment);
    case ENVELOPE_BYTE.spawned: {
      const request = reader.u53();
      const failure = reader.u8() === 0 ? undefined : reader.text();
      return { type: "spawned", environment, request, failure };
    }
    case ENVELOPE_BYTE.abandonSpawn:
      return { type: "abandonSpawn", environment, pid: reader.u53() as Pid };
    case ENVELOPE_BYTE.registryRequest: {
      const request = reader.u53();
      const name = reader.text();
      const mayWait = reader.u8() !== 0;
      return {
        type: "registryRequest",
        environment,
        request,
        name,
        mayWait,
        operation: readOperation(reader),
      };
    }
    case ENVELOPE_BYTE.registryWithdraw:
      return { type: "registryWithdraw", environment, request: reader.u53(), name: reader.text() };
    case ENVELOPE_BYTE.registrySettle: {
      const name = reader.text();
      const entry = reader.u8() === 0 ? undefined : readEntry(reader);
      return { type: "registrySettle", environment, name, entry };
    }
    case ENVELOPE_BYTE.registryReply:
      return { type: "registryReply", environment, request: reader.u53(), answer: readAnswer(reader) };
    case ENVELOPE_BYTE.existsRequest:
      return { type: "existsRequest", environment, request: reader.u53(), pid: reader.u53() as Pid };
    case ENVELOPE_BYTE.existsReply:
      return { type: "existsReply", environment, request: reader.u53(), exists: reader.u8() !== 0 };
    case ENVELOPE_BYTE.gone:
      return { type: "gone", environment, pid: reader.u53() as Pid };
    case ENVELOPE_BYTE.survivors: {
      const lost = reader.u32();
      const died = readPids(reader);
      return { type: "survivors", environment, lost, died, living: readPids(reader) };
    }
    default:
      throw new FrameError(`unknown envelope ${type}`, offset);
  }
}

function writePids(pids: readonly Pid[]): void {
  writer.u32(pids.length);
  for (const pid of pids) writer.u53(pid);
}

function readPids(reader: ByteReader): Pid[] {
  const pids: Pid[] = [];
  for (let left = reader.u32(); left > 0; left--) pids.push(reader.u53() as Pid);
  return pids;
}

function writeEntry(entry: RegistryEntry): void {
  writer.u64(entry.node);
  writer.u64(entry.pid);
}

function readEntry(reader: ByteReader): RegistryEntry {
  return { node: reader.u64(), pid: reader.u64() };
}

function readOperation(reader: ByteReader): RegistryOperation {
  const { offset } = reader;
  const type = OPERATIONS[reader.u8()];
  if (type === undefined) throw new FrameError("unknown registry operation", offset);
  return type === "put" ? { type, entry: readEntry(reader) } : { type };
}

function readAnswer(reader: ByteReader): RegistryAnswer {
  const { offset } = reader;
  const type = ANSWERS[reader.u8()];
  if (type === undefined) throw new FrameError("unknown registry answer", offset);
  return type === "found" ? { type, entry: readEntry(reader) } : { type };
}
