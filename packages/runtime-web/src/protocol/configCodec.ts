import type { ProcessConfig } from "../kernel/config.ts";
import { type ByteReader, FrameError } from "./byteReader.ts";
import type { ByteWriter } from "./byteWriter.ts";

const MAY_COMPILE = 1;
const MAY_CREATE_CONFIGS = 2;
const MAY_SPAWN = 4;

export function writeConfig(writer: ByteWriter, config: ProcessConfig): void {
  writer.u64(config.maxMemory);
  writer.u64(config.maxFuel);
  writer.u8(
    (config.canCompileModules ? MAY_COMPILE : 0) |
      (config.canCreateConfigs ? MAY_CREATE_CONFIGS : 0) |
      (config.canSpawnProcesses ? MAY_SPAWN : 0),
  );
  writeTexts(writer, config.preopenedDirs);
  writeTexts(writer, config.commandLineArguments);
  writeTexts(writer, config.environmentVariables.flat());
}

export function readConfig(reader: ByteReader): ProcessConfig {
  const maxMemory = reader.u64();
  const maxFuel = reader.u64();
  const permissions = reader.u8();
  return {
    maxMemory,
    maxFuel,
    canCompileModules: (permissions & MAY_COMPILE) !== 0,
    canCreateConfigs: (permissions & MAY_CREATE_CONFIGS) !== 0,
    canSpawnProcesses: (permissions & MAY_SPAWN) !== 0,
    preopenedDirs: readTexts(reader),
    commandLineArguments: readTexts(reader),
    environmentVariables: readPairs(reader),
  };
}

function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.u32(texts.length);
  for (const text of texts) writer.text(text);
}

function readTexts(reader: ByteReader): string[] {
  const texts: string[] = [];
  for (let left = reader.u32(); left > 0; left--) texts.push(reader.text());
  return texts;
}

function readPairs(reader: ByteReader): [string, string][] {
  const { offset } = reader;
  const texts = readTexts(reader);
  if (texts.length % 2 !== 0) throw new FrameError("a variable without a value", offset);
  return Array.from({ length: texts.length / 2 }, (_, index) => [texts[2 * index]!, texts[2 * index + 1]!]);
}
