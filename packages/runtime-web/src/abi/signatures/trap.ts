import { blocking } from "./signature.ts";

/** lunatic::trap, host ABI 3.5 and ch. 11. What runs inside catch may block, so catch may. */
export const trapSignatures = {
  catch: blocking(["function: i32", "pointer: i32"], "i32"),
};
