/** What a run reads from stdin: all at once, or as it comes. */
export type InputSource = string | Uint8Array | ReadableStream<Uint8Array>;

/**
 * Passes input on until it or the run has ended.
 * @param push   called with each piece, and with undefined at the end
 * @param ended  settles when nobody reads any more; a stream is cancelled then
 * @returns when there is nothing left to pass on. Rejects when the stream does; to the run its input has ended then
 */
export async function pumpInput(
  source: InputSource,
  push: (bytes: Uint8Array | undefined) => void,
  ended: Promise<unknown>,
): Promise<void> {
  if (!(source instanceof ReadableStream)) {
    push(typeof source === "string" ? new TextEncoder().encode(source) : source);
    push(undefined);
    return;
  }
  const reader = source.getReader();
  void ended.then(() => reader.cancel());
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) push(read.value);
  } finally {
    push(undefined);
  }
}
