import { Result } from "../result";
import { encodeUtf8 } from "../text/utf8";
import { File } from "./file";
import { FileError } from "./fileError";
import { OpenOptions } from "./openOptions";

/** All that is in a file, as text. Bytes that are not UTF-8 are an error. */
export function readText(path: string): Result<string, FileError> {
  const opened = File.__open("read", path, new OpenOptions().read());
  const error = opened.error;
  if (error !== null) return Result.err<string, FileError>(error);
  const read = opened.value.readText();
  opened.value.close();
  return read;
}

/** All that is in a file. */
export function readBytes(path: string): Result<Uint8Array, FileError> {
  const opened = File.__open("read", path, new OpenOptions().read());
  const error = opened.error;
  if (error !== null) return Result.err<Uint8Array, FileError>(error);
  const read = opened.value.readBytes();
  opened.value.close();
  return read;
}

/**
 * Makes a file of a text in UTF-8, in place of what it had. Others may see it half written: write another file and
 * `rename` it where that matters.
 */
export function writeText(path: string, text: string): FileError | null {
  return writeBytes(path, Uint8Array.wrap(encodeUtf8(text)));
}

/** Makes a file of bytes, in place of what it had. */
export function writeBytes(path: string, bytes: Uint8Array): FileError | null {
  return put("write", path, bytes, new OpenOptions().write().create().truncate());
}

/** Adds a text in UTF-8 to the end of a file, which is made if there is none. What several processes append is not mixed up. */
export function appendText(path: string, text: string): FileError | null {
  return appendBytes(path, Uint8Array.wrap(encodeUtf8(text)));
}

/** Adds bytes to the end of a file, which is made if there is none. */
export function appendBytes(path: string, bytes: Uint8Array): FileError | null {
  return put("append to", path, bytes, new OpenOptions().append().create());
}

function put(verb: string, path: string, bytes: Uint8Array, options: OpenOptions): FileError | null {
  const opened = File.__open(verb, path, options);
  const error = opened.error;
  if (error !== null) return error;
  const failure = opened.value.write(bytes);
  const unclosed = opened.value.close();
  return failure !== null ? failure : unclosed;
}
