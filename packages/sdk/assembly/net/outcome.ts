import { LunaticError } from "../error";
import { TIMED_OUT } from "../process/receive";
import { Result } from "../result";

/** Where the host writes an id, a count or the id of an error. */
export const OUT: usize = memory.data(8);
/** Where it writes a second id. */
export const SECOND_OUT: usize = memory.data(8);

/** The error of a call that answered `code`; null: it worked. */
export function failureOf(code: u32, operation: string): LunaticError | null {
  if (code == 0) return null;
  if (code == TIMED_OUT) return new LunaticError(`${operation} timed out`, true);
  return LunaticError.take(load<u64>(OUT));
}

/** The number of bytes a call has written to OUT, or its error. */
export function countOf(code: u32, operation: string): Result<u32> {
  const error = failureOf(code, operation);
  return error === null ? Result.ok<u32>(<u32>load<u64>(OUT)) : Result.err<u32>(error);
}
