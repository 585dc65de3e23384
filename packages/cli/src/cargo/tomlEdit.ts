/** What asking for a value has led to. */
export type TomlEdit =
  /** It is there already; nothing has changed. */
  | { readonly type: "kept"; readonly text: string }
  | { readonly type: "set"; readonly text: string }
  /** Something else stands there, or it is written in a form that is not edited here; nothing has changed. */
  | { readonly type: "refused"; readonly found: string };

/**
 * Sets one value of a TOML file by editing its text, so that comments, order and everything else stay as they are.
 * Read are the usual forms: `[table]` headers with a `key = value` of one line, and `table.key = value` at the top.
 * @param table      dotted name, such as `target.wasm32-wasi`
 * @param value      as TOML text
 * @param isWelcome  whether a value that is there already will do; gets its text
 */
export function setTomlValue(
  text: string,
  table: string,
  key: string,
  value: string,
  isWelcome: (found: string) => boolean,
): TomlEdit {
  const lines = text.split("\n");
  let current = "";
  let headerAt: number | undefined;
  for (const [index, line] of lines.entries()) {
    const header = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) {
      current = plainName(header);
      if (current === table) headerAt = index;
      continue;
    }
    const [, name, rest] = /^\s*([^=#]+?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) continue;
    const path = [current, plainName(name)].filter(Boolean).join(".");
    const found = withoutComment(rest);
    if (path === `${table}.${key}`) {
      return isWelcome(found) ? { type: "kept", text } : { type: "refused", found: line.trim() };
    }
    // An inline table, `build = { … }`, closes the table to headers.
    if (`${table}.`.startsWith(`${path}.`) && found.startsWith("{"))
      return { type: "refused", found: line.trim() };
  }
  if (headerAt === undefined) {
    const gap = text === "" || text.endsWith("\n\n") ? "" : text.endsWith("\n") ? "\n" : "\n\n";
    return { type: "set", text: `${text}${gap}[${table}]\n${key} = ${value}\n` };
  }
  lines.splice(headerAt + 1, 0, `${key} = ${value}`);
  return { type: "set", text: lines.join("\n") };
}

/** Quotes around parts of a dotted name mean nothing where a bare part would do. */
function plainName(name: string): string {
  return name
    .split(".")
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, "$2"))
    .join(".");
}

/** A `#` inside quotes is none. */
function withoutComment(rest: string): string {
  return (/^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#"'])*/.exec(rest)?.[0] ?? rest).trim();
}
