import { plain } from "./signature.ts";

/** lunatic::error, host ABI 3.1. Traps: an unknown id, a range outside memory. */
export const errorSignatures = {
  string_size: plain(["error_id: i64"], "i32"),
  to_string: plain(["error_id: i64", "ptr: i32"]),
  drop: plain(["error_id: i64"]),
};
