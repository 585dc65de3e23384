import { blocking } from "./signature.ts";

/** lunatic::registry, host ABI 3.7 and ch. 8. */
export const registrySignatures = {
  put: blocking(["name_ptr: i32", "name_len: i32", "node_id: i64", "process_id: i64"]),
  get: blocking(["name_ptr: i32", "name_len: i32", "node_id_ptr: i32", "process_id_ptr: i32"], "i32"),
  remove: blocking(["name_ptr: i32", "name_len: i32"]),
};
