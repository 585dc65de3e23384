import { demangleV0 } from "./rustSymbolV0.ts";

/** Escapes of Rust's legacy mangling; `$u7e$` and the like are code points. */
const ESCAPES: Readonly<Record<string, string>> = {
  SP: "@",
  BP: "*",
  RF: "&",
  LT: "<",
  GT: ">",
  LP: "(",
  RP: ")",
  C: ",",
};

const LEGACY_HASH = /^h[0-9a-f]{16}$/;

/**
 * The Rust path of a symbol from a name section: v0 (`_R…`) and legacy (`_ZN…E`) mangling, and legacy names that the
 * linker has demangled as if they were C++ (`a::b::h0123456789abcdef`), which wasm-ld does. Crate and symbol hashes
 * are left out. Anything else comes back as it is.
 */
export function demangle(symbol: string): string {
  return demangleV0(symbol) ?? demangleLegacy(symbol) ?? withoutLegacyHash(symbol) ?? symbol;
}

function demangleLegacy(symbol: string): string | undefined {
  const match = /^_?_ZN((?:[0-9].*)?)$/s.exec(symbol);
  if (match === null) return undefined;
  let rest = match[1]!;
  const elements: string[] = [];
  while (!rest.startsWith("E")) {
    const length = /^[0-9]{1,6}/.exec(rest)?.[0];
    if (length === undefined) return undefined;
    const end = length.length + Number(length);
    if (end >= rest.length) return undefined;
    elements.push(rest.slice(length.length, end));
    rest = rest.slice(end);
  }
  // Behind the end a linker may have put `.llvm.123`; anything else is the signature of a C++ function.
  if (!/^E(\..*)?$/s.test(rest)) return undefined;
  if (elements.length > 1 && LEGACY_HASH.test(elements.at(-1)!)) elements.pop();
  if (elements.length === 0) return undefined;
  return elements.map(unescapeLegacy).join("::");
}

function withoutLegacyHash(symbol: string): string | undefined {
  const match = /^(.+)::(h[0-9a-f]{16})$/s.exec(symbol);
  return match === null ? undefined : match[1]!.split("::").map(unescapeLegacy).join("::");
}

function unescapeLegacy(element: string): string {
  // The compiler puts an underscore before an escape that begins an identifier.
  const text = element.startsWith("_$") ? element.slice(1) : element;
  return text
    .replaceAll("..", "::")
    .replace(/\$(u[0-9a-f]{1,6}|[A-Z]{1,2})\$/g, (sequence: string, code: string) => {
      if (!code.startsWith("u")) return ESCAPES[code] ?? sequence;
      const point = Number.parseInt(code.slice(1), 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : sequence;
    });
}
