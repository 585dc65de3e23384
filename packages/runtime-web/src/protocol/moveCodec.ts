import type { EnvironmentId, ModuleId, Pid } from "../kernel/ids.ts";
import type { Message } from "../kernel/message.ts";
import type { MoveEnvelope } from "../kernel/peers.ts";
import { isMessage } from "../kernel/signal.ts";
import { type ByteReader, FrameError } from "./byteReader.ts";
import type { ByteWriter } from "./byteWriter.ts";
import { readConfig, writeConfig } from "./configCodec.ts";
import { readSignal, writeSignal } from "./signalCodec.ts";

export function writeMove(writer: ByteWriter, envelope: MoveEnvelope): void {
  writer.u53(envelope.pid);
  writer.u53(envelope.parent);
  writer.u53(envelope.heard);
  writer.u53(envelope.module);
  writer.text(envelope.entry);
  writer.bytes(envelope.params);
  writeConfig(writer, envelope.config);
  writer.u32(envelope.links.length);
  for (const { peer, tag, peerTag } of envelope.links) {
    writer.u53(peer);
    writer.i64(tag);
    writer.i64(peerTag);
  }
  writer.u32(envelope.monitors.length);
  for (const pid of envelope.monitors) writer.u53(pid);
  writer.u32(envelope.messages.length);
  for (const message of envelope.messages) writeSignal(writer, message);
}

/** @throws FrameError */
export function readMove(reader: ByteReader, environment: EnvironmentId): MoveEnvelope {
  return {
    type: "move",
    environment,
    pid: reader.u53() as Pid,
    parent: reader.u53() as Pid,
    heard: reader.u53(),
    module: reader.u53() as ModuleId,
    entry: reader.text(),
    params: reader.bytes(),
    config: readConfig(reader),
    links: readList(reader, () => ({
      peer: reader.u53() as Pid,
      tag: reader.i64(),
      peerTag: reader.i64(),
    })),
    monitors: readList(reader, () => reader.u53() as Pid),
    messages: readList(reader, () => readMessage(reader)),
  };
}

function readMessage(reader: ByteReader): Message {
  const { offset } = reader;
  const signal = readSignal(reader);
  if (!isMessage(signal)) throw new FrameError("a signal among the messages of a mailbox", offset);
  return signal;
}

function readList<T>(reader: ByteReader, readItem: () => T): T[] {
  const items: T[] = [];
  for (let left = reader.u32(); left > 0; left--) items.push(readItem());
  return items;
}
