import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readSourceMap, type SourceMap, SourceMapError } from "@lunatic-web/sdk/trace";
import { errorCode } from "../errors.ts";

/**
 * The source map of a module on disk: where its section `sourceMappingURL` says, or beside it as `<file>.map`.
 * @returns undefined: there is none that can be used
 */
export async function findSourceMap(modulePath: string, bytes: Uint8Array): Promise<SourceMap | undefined> {
  const named = sourceMappingUrl(bytes);
  const candidates = [
    ...(named === undefined ? [] : [resolve(dirname(modulePath), named)]),
    `${modulePath}.map`,
  ];
  for (const path of candidates) {
    const json = await readText(path);
    if (json === undefined) continue;
    try {
      return readSourceMap(json);
    } catch (error) {
      // A stack without lines is better than no run.
      if (!(error instanceof SourceMapError)) throw error;
    }
  }
  return undefined;
}

/** The name of the section as a module holds it: its length, then the text. */
const SECTION_NAME = "\u0010sourceMappingURL";

/** @returns undefined: no section, or an address on the web, from where nothing is loaded */
export function sourceMappingUrl(bytes: Uint8Array): string | undefined {
  // Bytes rather than a parse, as the section stands at the end; a false find leads to no file.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = buffer.lastIndexOf(SECTION_NAME, undefined, "latin1");
  const length = at === -1 ? undefined : buffer[at + SECTION_NAME.length];
  // Lengths from 128 take more bytes; no name of a file is that long.
  if (length === undefined || length >= 0x80) return undefined;
  const start = at + SECTION_NAME.length + 1;
  const url = buffer.toString("utf8", start, start + length);
  return /^[a-z]+:/i.test(url) ? undefined : url;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}
