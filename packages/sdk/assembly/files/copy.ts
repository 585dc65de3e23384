import { File } from "./file";
import { FileError } from "./fileError";

/** Bytes that are copied at a time. */
const PIECE: i32 = 65_536;

/** Copies what is in a file to another one, which is made if there is none and emptied if there is one. */
export function copy(from: string, to: string): FileError | null {
  const source = File.open(from);
  if (!source.ok) return source.error;
  const target = File.create(to);
  const error = target.ok ? transfer(source.value, target.value) : target.error;
  source.value.close();
  if (!target.ok) return error;
  const unclosed = target.value.close();
  return error !== null ? error : unclosed;
}

function transfer(source: File, target: File): FileError | null {
  const piece = new Uint8Array(PIECE);
  while (true) {
    const read = source.read(piece);
    if (!read.ok) return read.error;
    if (read.value == 0) return null;
    const error = target.write(piece.subarray(0, read.value));
    if (error !== null) return error;
  }
}
