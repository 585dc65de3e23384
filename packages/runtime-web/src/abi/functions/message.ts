import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { Pid } from "../../kernel/ids.ts";
import type { Message } from "../../kernel/message.ts";
import { PARKED } from "../../kernel/parked.ts";
import type { Process } from "../../kernel/process.ts";
import type { HostBinding } from "../binding.ts";
import { dataInScratch, messageInScratch } from "../dataMessage.ts";
import { arrayAddress } from "../guestMemory.ts";
import { hostFailure } from "../hostFault.ts";
import type { MessageStage } from "../messageStage.ts";
import type { messageAsLunatic } from "../signatures/asLunatic.ts";
import type { messageSignatures } from "../signatures/message.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import { moduleOf } from "../spawnArguments.ts";
import { pidFromGuest, unsigned64 } from "../u64.ts";
import { unavailableText } from "../unavailable.ts";

/** Up to this many bytes a loop beats subarray and set, which cost about 100 ns together (Node 20). */
const SHORT_COPY_BYTES = 16;
/** Tags of one receive. A list costs host memory, of which one guest must not take arbitrarily much. */
const MAX_TAGS = 1 << 20;
/** What a send costs its slice: about its share of host time, so that a flooding sender is preempted. */
const SEND_INSTRUCTIONS = 300;
const INSTRUCTIONS_PER_KIBIBYTE = 100;
/** Messages that wait in a mailbox before its senders are slowed down, and what each further send costs them. */
const FLOODED_MAILBOX = 1000;
const FLOOD_INSTRUCTIONS = 50_000;

/** lunatic::message: the scratch area, sending and selective receiving. Host ABI 3.2 and ch. 6. */
export function messageFunctions(
  binding: HostBinding,
  stage: MessageStage,
): FunctionsOf<typeof messageSignatures> {
  const readTags = createTagReader(binding);
  return {
    // What every message calls guards itself, which saves one or two calls through closures that the engine cannot
    // inline (see linkImports); lunatic-rs calls write_data and read_data once per primitive value.

    // The capacity hint is of no use: the stage has room for most, and sending makes the buffer fit.
    create_data(tag, _capacity) {
      try {
        stage.create(binding.process, tag);
      } catch (error) {
        throw hostFailure(error, "lunatic::message::create_data", binding.process.pid);
      }
    },
    write_data(ptr, len) {
      try {
        const message = dataInScratch(binding.process);
        const count = len >>> 0;
        const { memory } = binding;
        const from = memory.address(ptr, count);
        const at = message.length;
        if (at + count > message.buffer.length) stage.makeRoom(message, count);
        copyBytes(memory.bytes, from, message.buffer, at, count);
        message.length = at + count;
        return len;
      } catch (error) {
        throw hostFailure(error, "lunatic::message::write_data", binding.process.pid);
      }
    },
    read_data(ptr, len) {
      try {
        const message = dataInScratch(binding.process);
        const at = message.readPosition;
        const remaining = message.length - at;
        if (remaining < 0) throw readPositionTrap(at, message.length);
        const { memory } = binding;
        // The whole buffer must be the guest's, also when less than that is left to read.
        const to = memory.address(ptr, len);
        const count = Math.min(len >>> 0, remaining);
        copyBytes(message.buffer, at, memory.bytes, to, count);
        message.readPosition = at + count;
        return count;
      } catch (error) {
        throw hostFailure(error, "lunatic::message::read_data", binding.process.pid);
      }
    },
    seek_data(index) {
      dataInScratch(binding.process).readPosition = Number(unsigned64(index));
    },
    get_tag() {
      try {
        const message = messageInScratch(binding.process);
        return message.kind === "processDied" ? 0n : message.tag;
      } catch (error) {
        throw hostFailure(error, "lunatic::message::get_tag", binding.process.pid);
      }
    },
    get_process_id() {
      const message = messageInScratch(binding.process);
      return message.kind === "processDied" ? BigInt(message.from) : 0n;
    },
    data_size() {
      return BigInt(dataInScratch(binding.process).length);
    },
    push_module(moduleId) {
      const { process } = binding;
      const module = moduleOf(process, moduleId);
      return BigInt(dataInScratch(process).resources.push({ kind: "module", module }) - 1);
    },
    take_module(index) {
      const { process } = binding;
      const { resources } = dataInScratch(process);
      const slot = Number(unsigned64(index));
      const resource = resources[slot];
      if (resource === undefined) throw new GuestTrap(`slot ${slot} of the message holds no resource`);
      resources[slot] = undefined;
      return process.modules.add(resource.module);
    },
    send(processId) {
      try {
        const { process } = binding;
        const to = pidFromGuest(processId);
        const message = stage.take(process);
        binding.chargeSlice(sendCost(message) + floodPenalty(process, to));
        binding.kernel.send(process, to, message);
        return 0;
      } catch (error) {
        throw hostFailure(error, "lunatic::message::send", binding.process.pid);
      }
    },
    send_receive_skip_search(processId, waitOnTag, timeout) {
      const { process } = binding;
      const message = stage.take(process);
      binding.chargeSlice(sendCost(message));
      return binding.kernel.sendReceiveSkipSearch(
        process,
        pidFromGuest(processId),
        message,
        waitOnTag,
        unsigned64(timeout),
        binding.resume,
      );
    },
    receive(tagPtr, tagLen, timeout) {
      try {
        const tags = tagLen === 0 ? undefined : readTags(tagPtr, tagLen >>> 0);
        const code = binding.kernel.receive(binding.process, tags, unsigned64(timeout), binding.resume);
        if (code !== PARKED) return code;
        if (tags !== undefined) readTags.release();
        binding.parked();
        return 0;
      } catch (error) {
        throw hostFailure(error, "lunatic::message::receive", binding.process.pid);
      }
    },
    push_tcp_stream: noSocket("push_tcp_stream"),
    take_tcp_stream: noSocket("take_tcp_stream"),
    push_tls_stream: noSocket("push_tls_stream"),
    take_tls_stream: noSocket("take_tls_stream"),
    push_udp_socket: noSocket("push_udp_socket"),
    take_udp_socket: noSocket("take_udp_socket"),
  };
}

/** The calls of as-lunatic 0.12 that differ, see signatures/asLunatic.ts. */
export function messageAsLunaticFunctions(
  binding: HostBinding,
  stage: MessageStage,
): FunctionsOf<typeof messageAsLunatic> {
  return {
    send_receive_skip_search(processId, timeout) {
      const { process } = binding;
      const message = stage.take(process);
      const tag = message.kind === "processDied" ? 0n : message.tag;
      const { kernel, resume } = binding;
      const to = pidFromGuest(processId);
      const timeoutMs = unsigned64(timeout);
      binding.chargeSlice(sendCost(message));
      if (tag !== 0n) return kernel.sendReceiveSkipSearch(process, to, message, tag, timeoutMs, resume);
      // Without a tag there is nothing to tell the answer from older messages by.
      kernel.send(process, to, message);
      return kernel.receive(process, undefined, timeoutMs, resume);
    },
  };
}

function copyBytes(from: Uint8Array, fromAt: number, to: Uint8Array, toAt: number, count: number): void {
  if (count <= SHORT_COPY_BYTES) {
    for (let i = 0; i < count; i++) to[toAt + i] = from[fromAt + i]!;
  } else {
    to.set(from.subarray(fromAt, fromAt + count), toAt);
  }
}

interface TagReader {
  /** @param count  at least 1 */
  (ptr: number, count: number): readonly bigint[];
  /** The kernel keeps the list that was read last, for a process that has parked: do not write to it again. */
  release(): void;
}

/** Reads tag lists. Most receives wait for one tag: those share a list until one of them parks with it. */
function createTagReader(binding: HostBinding): TagReader {
  let single: bigint[] = [0n];
  const read = (ptr: number, count: number): readonly bigint[] => {
    if (count > MAX_TAGS) {
      throw new GuestTrap(`a receive waits for at most ${MAX_TAGS} tags, not for ${count}`);
    }
    const at = arrayAddress(binding.memory, ptr, count, 8);
    const { view } = binding.memory;
    if (count === 1) {
      single[0] = view.getBigInt64(at, true);
      return single;
    }
    return Array.from({ length: count }, (_, i) => view.getBigInt64(at + 8 * i, true));
  };
  return Object.assign(read, {
    release(): void {
      single = [0n];
    },
  });
}

/**
 * A mailbox has no bound and a send never waits, so a receiver that is slower than its senders would drown. Its
 * senders get shorter slices instead, which leaves it more of the executor.
 */
function floodPenalty(process: Process, to: Pid): number {
  const waiting = process.environment.processes.get(to)?.mailbox.size ?? 0;
  return waiting > FLOODED_MAILBOX ? FLOOD_INSTRUCTIONS : 0;
}

function sendCost(message: Message): number {
  if (message.kind !== "data") return SEND_INSTRUCTIONS;
  return SEND_INSTRUCTIONS + ((message.length + 1023) >>> 10) * INSTRUCTIONS_PER_KIBIBYTE;
}

function readPositionTrap(position: number, length: number): GuestTrap {
  return new GuestTrap(`the read position ${position} is behind the end of the message's ${length} bytes`);
}

/** Sockets in messages need networking; until it exists no id of one is valid, which is a trap. */
function noSocket(name: string): (value: bigint) => bigint {
  return () => {
    throw new GuestTrap(unavailableText("networking", name));
  };
}
