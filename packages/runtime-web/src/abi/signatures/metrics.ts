import { plain } from "./signature.ts";

/** lunatic::metrics, host ABI 3.11. */
export const metricsSignatures = {
  counter: plain(["name_ptr: i32", "name_len: i32", "value: i64"]),
  increment_counter: plain(["name_ptr: i32", "name_len: i32"]),
  gauge: plain(["name_ptr: i32", "name_len: i32", "value: f64"]),
  increment_gauge: plain(["name_ptr: i32", "name_len: i32", "value: f64"]),
  decrement_gauge: plain(["name_ptr: i32", "name_len: i32", "value: f64"]),
  histogram: plain(["name_ptr: i32", "name_len: i32", "value: f64"]),
};
