/** One guest function on a stack. */
export interface GuestFrame {
  /** Demangled if it is a Rust symbol; `function 12` if the module has no name for it. */
  readonly name: string;
  /**
   * Where it was, in bytes from the beginning of the module as its author built it: what a source map or DWARF counts
   * in. Undefined where the engine does not tell, or where the instrumenter's code ran.
   */
  readonly offset: number | undefined;
}

/** What EventKind.Trap says, and `ObservedProcess.trapText`. */
export interface TrapReport {
  readonly message: string;
  /** The innermost first. */
  readonly frames: readonly GuestFrame[];
}

/** A line each: the message, then the frames as `name:0x1a3`, or `name` alone. */
export function formatTrap({ message, frames }: TrapReport): string {
  const lines = frames.map(({ name, offset }) =>
    offset === undefined ? name : `${name}:0x${offset.toString(16)}`,
  );
  return [message, ...lines].join("\n");
}

/** Reads the text of a trap; stacks of processes that are written in TypeScript come out with the engine's lines. */
export function parseTrap(text: string): TrapReport {
  const [message = "", ...lines] = text.trimEnd().split("\n");
  return { message, frames: lines.map(parseFrame) };
}

function parseFrame(line: string): GuestFrame {
  const match = /^(.+):0x([0-9a-f]+)$/.exec(line);
  if (match === null) return { name: line.trim(), offset: undefined };
  return { name: match[1]!, offset: Number.parseInt(match[2]!, 16) };
}
