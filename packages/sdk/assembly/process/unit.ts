/** Nothing, as a type: what a process receives that gets no messages, or what a task returns that has no result. */
export class Unit {
  /** Writes it into a message: no bytes. */
  __encode<W>(writer: W): void {
    writer.unit();
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    reader.unit();
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return "()";
  }
}

/** The one value of `Unit`. It has no fields, so it needs no object. */
// @ts-ignore: decorator
@inline
export function unit(): Unit {
  return changetype<Unit>(<usize>0);
}

/** Whether a type is `Unit`: nothing is sent for it where a process is started. */
// @ts-ignore: decorator
@inline
export function isUnit<T>(): bool {
  if (isReference<T>() && isManaged<T>()) return idof<T>() == idof<Unit>();
  return false;
}
