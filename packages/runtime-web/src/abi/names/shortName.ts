/** Segments that macros of lunatic-rs and the compiler add around what the author wrote. */
const NOISE = /^(__with_mailbox|call_once|\{shim:.*\}|\{vtable.*\})$/;

/** Longer texts are no names; the limit bounds the recursion over what a hostile name section nests. */
const MAX_LENGTH = 2048;
/** All that the legacy mangling leaves of a closure that is called through its trait. */
const NAMELESS_CLOSURE = "core::ops::function::FnOnce::call_once";

/**
 * A demangled Rust path as people call it: crate and modules left out, also those of generic arguments; of
 * `<T as Trait>::method` the T for closures and function items, `T::method` otherwise.
 *
 * - `tree::grow` → `grow`
 * - `<tree::grow::{closure#0} as core::ops::function::FnOnce<…>>::call_once` → `grow {closure#0}`
 * - `alloc::vec::Vec<app::state::Stack>` → `Vec<Stack>`
 */
export function shortRustName(path: string): string {
  if (path.length > MAX_LENGTH) return path.slice(0, MAX_LENGTH);
  if (path === NAMELESS_CLOSURE) return "{closure}";
  const segments = splitTopLevel(path.replaceAll("{{closure}}", "{closure}"), "::");
  const first = segments[0];
  if (first?.startsWith("<") && first.endsWith(">") && segments.length > 0) {
    const self = shortRustName(splitTopLevel(first.slice(1, -1), " as ")[0]!);
    const rest = segments.slice(1).filter((segment) => !NOISE.test(segment));
    return [self, ...rest.map(shortGenerics)].join("::");
  }
  const kept = segments.filter((segment) => !NOISE.test(segment) && !/^<.*>$/.test(segment));
  const name = kept.findLastIndex((segment) => !segment.startsWith("{"));
  if (name < 0) return shortGenerics(path);
  return [shortGenerics(kept[name]!), ...kept.slice(name + 1)].join(" ");
}

/** Shortens the types inside a segment or type expression: `Vec<a::B>`, `(a::B, u8)`, `&a::B`. */
function shortGenerics(segment: string): string {
  const open = segment.search(/[<([]/);
  if (open < 0) return segment.includes("::") ? shortRustName(segment) : segment;
  const head = segment.slice(0, open);
  const inner = segment.slice(open + 1, -1);
  const shortHead = head.includes("::") ? shortRustName(head) : head;
  const parts = splitTopLevel(inner, ", ").map((part) => (part.includes("::") ? shortRustName(part) : part));
  return `${shortHead}${segment[open]}${parts.join(", ")}${segment.at(-1)}`;
}

/** Splits where the separator is not inside brackets. The `>` of an arrow closes nothing. */
function splitTopLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if ("<([{".includes(char)) depth++;
    else if (">)]}".includes(char) && !(char === ">" && text[at - 1] === "-")) depth--;
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
