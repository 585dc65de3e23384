/**
 * Where codecs take bytes from: the message that was received, through a buffer of fixed size. Nothing here trusts the
 * bytes: after the first thing that is wrong every read gives nothing, and `failure` tells what it was.
 */

import { data_size, read_data } from "../host/message";
import { decodeUtf8, isUtf8 } from "../text/utf8";

const CAPACITY: usize = 512;
const BUFFER: usize = memory.data(512, 8);

/** Messages inside messages: a hostile one must not use up the stack. */
const MAX_DEPTH: i32 = 256;

let position: usize = 0;
let end: usize = 0;
/** Bytes of the message that are not in the buffer yet. */
let beyond: u64 = 0;
let depth: i32 = 0;
let problem: string = "";

/** Starts to read the message that was received. */
export function begin(): void {
  const read = <usize>read_data(BUFFER, <u32>CAPACITY);
  position = 0;
  end = read;
  beyond = read < CAPACITY ? 0 : data_size() - CAPACITY;
  depth = 0;
  problem = "";
}

/** What was wrong with the message, or "". */
export function failure(): string {
  return problem;
}

/** Whether nothing was wrong so far. */
export function isSound(): bool {
  return problem.length == 0;
}

/** Says what is wrong. Only the first thing counts. */
export function fail(what: string): void {
  if (problem.length == 0) problem = what;
  position = end;
  beyond = 0;
}

/** Bytes that have not been read. */
export function available(): u64 {
  return <u64>(end - position) + beyond;
}

/** The next byte without taking it, -1 at the end. */
export function peek(): i32 {
  return need(1) ? <i32>load<u8>(BUFFER + position) : -1;
}

/** A number as it lies in memory; 0 if there are not enough bytes. */
export function takeNumber<T>(): T {
  if (!demand(sizeof<T>())) return <T>0;
  const value = load<T>(BUFFER + position);
  position += sizeof<T>();
  return value;
}

/** Copies bytes. False: there are not as many. */
export function takeBytes(to: usize, length: usize): bool {
  if (<u64>length > available()) {
    endsEarly();
    return false;
  }
  const buffered = min(length, end - position);
  memory.copy(to, BUFFER + position, buffered);
  position += buffered;
  if (length > buffered) {
    read_data(to + buffered, <u32>(length - buffered));
    beyond -= length - buffered;
  }
  return true;
}

/** A text of UTF-8 bytes; "" if it is none. */
export function takeUtf8(length: u64): string {
  if (length > available()) {
    endsEarly();
    return "";
  }
  const size = <usize>length;
  if (size <= CAPACITY) {
    need(size);
    position += size;
    return text(BUFFER + position - size, size);
  }
  const bytes = heap.alloc(size);
  takeBytes(bytes, size);
  const value = text(bytes, size);
  heap.free(bytes);
  return value;
}

/** Goes one level deeper into nested values. False: that is too deep. */
export function enter(): bool {
  if (++depth <= MAX_DEPTH) return true;
  fail("it is nested too deeply");
  return false;
}

/** Comes back from a level. */
export function leave(): void {
  --depth;
}

function text(from: usize, length: usize): string {
  if (isUtf8(from, length)) return decodeUtf8(from, length);
  fail("a text is not UTF-8");
  return "";
}

function demand(size: usize): bool {
  if (need(size)) return true;
  endsEarly();
  return false;
}

function endsEarly(): void {
  fail("it ends too early");
}

/** Brings this many bytes, at most 512, into the buffer. False: there are not as many. */
function need(size: usize): bool {
  const buffered = end - position;
  if (buffered >= size) return true;
  if (<u64>buffered + beyond < <u64>size) return false;
  memory.copy(BUFFER, BUFFER + position, buffered);
  const read = <usize>read_data(BUFFER + buffered, <u32>(CAPACITY - buffered));
  position = 0;
  end = buffered + read;
  beyond -= read;
  return end >= size;
}
