import type { FunctionsOf } from "../../abi/signatures/signature.ts";
import type { wasiPreview1Signatures } from "../../abi/signatures/wasiPreview1.ts";

/** All functions of preview1, typed by the ABI's table: the compiler checks each implementation against it. */
export type WasiFunctions = FunctionsOf<typeof wasiPreview1Signatures>;
