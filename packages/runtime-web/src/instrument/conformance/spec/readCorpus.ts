import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import type { Corpus } from "./corpus.ts";

/** Reads the corpus beside this file. */
export function readCorpus(): Corpus {
  const compressed = readFileSync(new URL("corpus.json.br", import.meta.url));
  return JSON.parse(brotliDecompressSync(compressed).toString());
}
