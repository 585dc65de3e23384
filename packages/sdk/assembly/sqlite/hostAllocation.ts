import { ByteReader } from "./byteReader";

/** Where the host writes the length of what it has put into an allocation: a u32. */
export const LENGTH: usize = memory.data(4);

/** The host calls this export to make room for an answer, host ABI ch. 11. The room is the guest's to free. */
export function lunatic_alloc(length: u32): usize {
  return heap.alloc(length);
}

/** Reads an answer that the host has allocated, and frees it. */
export function takeAnswer<T>(start: usize, read: (reader: ByteReader) => T): T {
  const answer = read(new ByteReader(start, load<u32>(LENGTH)));
  heap.free(start);
  return answer;
}
