import {
  type DecodedSections,
  decodeBodies,
  decodeData,
  decodeDataCount,
  decodeElements,
  decodeExports,
  decodeFunctions,
  decodeGlobals,
  decodeImports,
  decodeMemories,
  decodeStart,
  decodeTables,
  decodeTags,
  decodeTypes,
} from "./decodeSections.ts";
import { type GuestModule, References, SECTION, type Section } from "./module.ts";
import { ByteReader } from "./reader.ts";

/** Engines refuse larger modules. */
const MAX_MODULE_BYTES = 1 << 30;

interface SectionDecoder {
  readonly id: number;
  readonly name: string;
  readonly decode: (reader: ByteReader, module: DecodedSections) => void;
}

/** In the order in which sections may stand. */
const DECODERS: readonly SectionDecoder[] = [
  { id: SECTION.type, name: "type", decode: decodeTypes },
  { id: SECTION.import, name: "import", decode: decodeImports },
  { id: SECTION.function, name: "function", decode: decodeFunctions },
  { id: SECTION.table, name: "table", decode: decodeTables },
  { id: SECTION.memory, name: "memory", decode: decodeMemories },
  { id: SECTION.tag, name: "tag", decode: decodeTags },
  { id: SECTION.global, name: "global", decode: decodeGlobals },
  { id: SECTION.export, name: "export", decode: decodeExports },
  { id: SECTION.start, name: "start", decode: decodeStart },
  { id: SECTION.element, name: "element", decode: decodeElements },
  { id: SECTION.dataCount, name: "data count", decode: decodeDataCount },
  { id: SECTION.code, name: "code", decode: decodeBodies },
  { id: SECTION.data, name: "data", decode: decodeData },
];

/**
 * Reads everything of a module but the instructions of its functions.
 * @throws InstrumentError on anything malformed, on unsupported features, and on index errors that instrumentation
 *   could hide from the engine
 */
export function decodeModule(bytes: Uint8Array): GuestModule {
  const reader: ByteReader = new ByteReader(bytes);
  if (bytes.length > MAX_MODULE_BYTES) {
    reader.fail(
      "tooLarge",
      `it has ${bytes.length} bytes`,
      "engines accept at most 1 GiB; strip its debug sections",
      0,
    );
  }
  readHeader(reader);
  const sections: Section[] = [];
  const module: DecodedSections = {
    types: [],
    imports: [],
    importCounts: { functions: 0, tables: 0, globals: 0, tags: 0 },
    functionTypes: [],
    tableTypes: [],
    tableLimits: [],
    memory: undefined,
    globals: [],
    tagTypes: [],
    exports: [],
    start: undefined,
    elements: [],
    dataCount: undefined,
    data: [],
    bodies: [],
    references: new References(),
  };
  let position = -1;
  while (reader.at < bytes.length) {
    const section = readSectionHeader(reader);
    sections.push(section);
    if (section.id !== SECTION.custom) {
      const found = DECODERS.findIndex((decoder) => decoder.id === section.id);
      const decoder = DECODERS[found];
      if (decoder === undefined) {
        reader.malformed(`there is no section with id ${section.id}`, section.headerStart);
      }
      if (found <= position) {
        reader.malformed(`the ${decoder.name} section is out of order or repeated`, section.headerStart);
      }
      position = found;
      reader.end = section.end;
      decoder.decode(reader, module);
      if (reader.at !== section.end) {
        reader.malformed(`${section.end - reader.at} bytes are left over in the ${decoder.name} section`);
      }
      reader.end = bytes.length;
    }
    reader.at = section.end;
  }
  checkCounts(reader, module);
  return { ...module, bytes, sections, tableCount: module.tableTypes.length };
}

function readHeader(reader: ByteReader): void {
  const magic = [0x00, 0x61, 0x73, 0x6d];
  for (const byte of magic) {
    if (reader.at >= reader.end || reader.byte() !== byte) {
      reader.malformed("it does not begin with the wasm magic number", 0);
    }
  }
  const version = [reader.byte(), reader.byte(), reader.byte(), reader.byte()].join(".");
  if (version === "13.0.1.0") {
    reader.unsupported("it is a component", "extract its core module, or build for wasm32-wasip1", 4);
  }
  if (version !== "1.0.0.0") reader.malformed(`its version is ${version}, not 1.0.0.0`, 4);
}

function readSectionHeader(reader: ByteReader): Section {
  const headerStart = reader.at;
  const id = reader.byte();
  const sizeStart = reader.at;
  const size = reader.count("bytes of a section");
  const start = reader.at;
  const end = start + size;
  let name: string | undefined;
  if (id === SECTION.custom) {
    reader.end = end;
    name = reader.name();
    reader.end = reader.bytes.length;
  }
  return { id, headerStart, sizeWidth: start - sizeStart, start, end, name, payloadStart: reader.at };
}

/** Rules between sections that the output would not show to the engine. */
function checkCounts(reader: ByteReader, module: DecodedSections): void {
  const defined = module.functionTypes.length - module.importCounts.functions;
  if (defined !== module.bodies.length) {
    reader.malformed(`${defined} functions are declared, but there are ${module.bodies.length} bodies`);
  }
  if (module.dataCount !== undefined && module.dataCount !== module.data.length) {
    reader.malformed(`${module.dataCount} data segments are announced, but there are ${module.data.length}`);
  }
}
