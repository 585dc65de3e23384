import type { Section } from "./module.ts";
import { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

const SUBSECTION = { module: 0, functions: 1, locals: 2, labels: 3, tags: 11 } as const;

/** How indices in names change. */
export interface NameMapping {
  functionIndex(original: number): number;
  tagIndex(original: number): number;
  /** Functions the instrumenter added, ascending by index. */
  readonly added: readonly { readonly index: number; readonly name: string }[];
}

interface Subsection {
  readonly id: number;
  readonly headerStart: number;
  readonly start: number;
  readonly end: number;
}

/** The subsections, or `undefined` if they cannot be read: a broken name section is not an error, but no help. */
function subsections(bytes: Uint8Array, section: Section): Subsection[] | undefined {
  const reader: ByteReader = new ByteReader(bytes, section.payloadStart, section.end);
  const found: Subsection[] = [];
  while (reader.at < reader.end) {
    const headerStart = reader.at;
    const id = bytes[reader.at++] as number;
    const size = tryU32(reader);
    if (size === undefined || size > reader.end - reader.at) return undefined;
    found.push({ id, headerStart, start: reader.at, end: reader.at + size });
    reader.at += size;
  }
  return found;
}

/** An unsigned LEB128 number, or `undefined` where there is none. */
function tryU32(reader: ByteReader): number | undefined {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (reader.at >= reader.end) return undefined;
    const byte = reader.bytes[reader.at++] as number;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value <= 0xffff_ffff ? value : undefined;
  }
  return undefined;
}

/** The content of the function name subsection, for `readNameMap`. */
export function functionNameSubsection(
  bytes: Uint8Array,
  section: Section,
): Uint8Array<ArrayBuffer> | undefined {
  const names = subsections(bytes, section)?.find(({ id }) => id === SUBSECTION.functions);
  return names === undefined ? undefined : bytes.slice(names.start, names.end);
}

/** Reads a name map: index to name, as far as it can be read. */
export function readNameMap(bytes: Uint8Array): Map<number, string> {
  const decoder = new TextDecoder();
  const names = new Map<number, string>();
  const reader: ByteReader = new ByteReader(bytes);
  const count = tryU32(reader) ?? 0;
  for (let read = 0; read < count; read++) {
    const index = tryU32(reader);
    const length = tryU32(reader);
    if (index === undefined || length === undefined || length > reader.end - reader.at) break;
    names.set(index, decoder.decode(bytes.subarray(reader.at, reader.at + length)));
    reader.at += length;
  }
  return names;
}

/**
 * Writes the name section's payload with function and tag indices mapped and the added functions' names.
 * Label names are left out: labels count the blocks of a function, and there are more of them now.
 * @returns false if the section cannot be read; nothing is written then
 */
export function writeNames(
  bytes: Uint8Array,
  section: Section,
  mapping: NameMapping,
  out: ByteWriter,
): boolean {
  const parts = subsections(bytes, section);
  if (parts === undefined) return false;
  const written = new ByteWriter(section.end - section.payloadStart + 256);
  let namesFunctions = false;
  for (const { id, headerStart, start, end } of parts) {
    const content = new ByteWriter(end - start + 64);
    switch (id) {
      case SUBSECTION.functions:
        if (!mapNames(bytes, start, end, mapping.functionIndex, mapping.added, content)) return false;
        namesFunctions = true;
        break;
      case SUBSECTION.tags:
        if (!mapNames(bytes, start, end, mapping.tagIndex, [], content)) return false;
        break;
      case SUBSECTION.locals:
        if (!mapLocalNames(bytes, start, end, mapping, content)) return false;
        break;
      case SUBSECTION.labels:
        continue;
      default:
        written.copy(bytes, headerStart, end);
        continue;
    }
    if (id > SUBSECTION.functions && !namesFunctions) namesFunctions = writeAddedNames(mapping, written);
    written.section(id, content, start - headerStart - 1);
  }
  if (!namesFunctions) writeAddedNames(mapping, written);
  out.append(written);
  return true;
}

/** A name section's payload with nothing but the added functions' names. */
export function writeAddedNames(mapping: Pick<NameMapping, "added">, out: ByteWriter): true {
  if (mapping.added.length === 0) return true;
  const content = new ByteWriter();
  content.u32(mapping.added.length);
  for (const { index, name } of mapping.added) {
    content.u32(index);
    content.name(name);
  }
  out.section(SUBSECTION.functions, content);
  return true;
}

function mapNames(
  bytes: Uint8Array,
  start: number,
  end: number,
  map: (index: number) => number,
  added: NameMapping["added"],
  out: ByteWriter,
): boolean {
  const reader: ByteReader = new ByteReader(bytes, start, end);
  const count = tryU32(reader);
  if (count === undefined) return false;
  const names: { index: number; from: number; to: number; width: number }[] = [];
  const countWidth = reader.at - start;
  for (let read = 0; read < count; read++) {
    const indexStart = reader.at;
    const index = tryU32(reader);
    const from = reader.at;
    const length = tryU32(reader);
    if (index === undefined || length === undefined || length > reader.end - reader.at) return false;
    reader.at += length;
    names.push({ index: map(index), from, to: reader.at, width: from - indexStart });
  }
  if (reader.at !== end) return false;
  // Names must ascend by index; both lists do.
  out.paddedU32(names.length + added.length, countWidth);
  let next = 0;
  for (const { index, name } of [...added, { index: Number.POSITIVE_INFINITY, name: "" }]) {
    for (; next < names.length && (names[next]?.index ?? 0) < index; next++) {
      const entry = names[next] as (typeof names)[number];
      out.paddedU32(entry.index, entry.width);
      out.copy(bytes, entry.from, entry.to);
    }
    if (index === Number.POSITIVE_INFINITY) break;
    out.u32(index);
    out.name(name);
  }
  return true;
}

function mapLocalNames(
  bytes: Uint8Array,
  start: number,
  end: number,
  mapping: NameMapping,
  out: ByteWriter,
): boolean {
  const reader: ByteReader = new ByteReader(bytes, start, end);
  const count = tryU32(reader);
  if (count === undefined) return false;
  out.copy(bytes, start, reader.at);
  for (let read = 0; read < count; read++) {
    const indexStart = reader.at;
    const index = tryU32(reader);
    const from = reader.at;
    const names = tryU32(reader);
    if (index === undefined || names === undefined) return false;
    for (let name = 0; name < names; name++) {
      const local = tryU32(reader);
      const length = tryU32(reader);
      if (local === undefined || length === undefined || length > reader.end - reader.at) return false;
      reader.at += length;
    }
    out.paddedU32(mapping.functionIndex(index), from - indexStart);
    out.copy(bytes, from, reader.at);
  }
  return reader.at === end;
}
