import { plain } from "./signature.ts";

/** lunatic::version, host ABI 3.10. */
export const versionSignatures = {
  major: plain([], "i32"),
  minor: plain([], "i32"),
  patch: plain([], "i32"),
};
