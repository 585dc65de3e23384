import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import { shortenName } from "../processText.ts";

/** What a node is called: the name somebody gave it, else the last part of what it runs. */
export function nodeLabel(process: ObservedProcess): { readonly text: string; readonly isName: boolean } {
  const [name] = process.names;
  if (name !== undefined) return { text: shortenName(name), isName: true };
  return { text: shortenLabel(process.label) || String(process.pid), isName: false };
}

/** "bank::customer" → "customer"; type parameters stay, without the paths in them. */
export function shortenLabel(label: string): string {
  return label.replace(/(?:\w+::)+(?=\w)/g, "");
}
