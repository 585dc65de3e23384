/** Path to content; a path that ends in a slash is a directory, and its content is empty. */
export type FileSet = ReadonlyMap<string, Uint8Array>;

/** Path to when a file was last modified, milliseconds since 1970; files without one are as new as the run. */
export type FileTimes = ReadonlyMap<string, number>;

/**
 * Many files as one blob: length of the index (u32, little-endian), the index as JSON ([path, bytes] pairs), then the
 * contents one after another.
 */
export function packFiles(files: FileSet): Uint8Array<ArrayBuffer> {
  const index = new TextEncoder().encode(
    JSON.stringify(Array.from(files, ([path, content]) => [path, content.length])),
  );
  let length = LENGTH_BYTES + index.length;
  for (const content of files.values()) length += content.length;
  const packed = new Uint8Array(length);
  new DataView(packed.buffer).setUint32(0, index.length, true);
  packed.set(index, LENGTH_BYTES);
  let at = LENGTH_BYTES + index.length;
  for (const content of files.values()) {
    packed.set(content, at);
    at += content.length;
  }
  return packed;
}

/** The contents are views of `packed`. */
export function unpackFiles(packed: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const indexEnd = LENGTH_BYTES + view.getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(packed.subarray(LENGTH_BYTES, indexEnd))) as [
    string,
    number,
  ][];
  const files = new Map<string, Uint8Array>();
  let at = indexEnd;
  for (const [path, length] of index) {
    files.set(path, packed.subarray(at, at + length));
    at += length;
  }
  return files;
}

const LENGTH_BYTES = 4;
