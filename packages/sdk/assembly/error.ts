import { drop_error, string_size, to_string } from "./host/error";
import { decodeUtf8 } from "./text/utf8";

/** Why the host could not do something. */
// Global, because the compiler looks the default of a type parameter up where the type is used: `Result` has it.
// @ts-ignore: decorator
@global
export class LunaticError {
  /**
   * @param text     what happened
   * @param timedOut whether it failed only because its time was up
   * @param denied   whether the process' config does not allow it
   */
  constructor(
    readonly text: string,
    readonly timedOut: bool = false,
    readonly denied: bool = false,
  ) {}

  /** The error that the host keeps under an id. The id is given back: it is good for one call. */
  static take(id: u64): LunaticError {
    const length = <usize>string_size(id);
    const bytes = heap.alloc(length);
    to_string(id, bytes);
    const text = decodeUtf8(bytes, length);
    heap.free(bytes);
    drop_error(id);
    return new LunaticError(text);
  }

  /** Something that the process' config does not allow. */
  static permissionDenied(what: string): LunaticError {
    return new LunaticError(`permission denied: ${what}`, false, true);
  }

  /** The text. */
  toString(): string {
    return this.text;
  }
}
