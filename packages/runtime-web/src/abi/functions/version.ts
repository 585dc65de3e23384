import type { FunctionsOf } from "../signatures/signature.ts";
import type { versionSignatures } from "../signatures/version.ts";

/** lunatic::version: the native runtime whose ABI this host provides. Host ABI 3.10. */
export function versionFunctions(): FunctionsOf<typeof versionSignatures> {
  return {
    major: () => 0,
    minor: () => 13,
    patch: () => 2,
  };
}
