import type { HostBinding } from "../binding.ts";
import type { MessageStage } from "../messageStage.ts";
import type { HostFunctions } from "../signatures/signature.ts";
import { distributedAsLunaticFunctions, distributedFunctions } from "./distributed.ts";
import { errorFunctions } from "./error.ts";
import { messageAsLunaticFunctions, messageFunctions } from "./message.ts";
import { metricsFunctions } from "./metrics.ts";
import { networkingAsLunaticFunctions, networkingFunctions } from "./networking.ts";
import { processFunctions } from "./process.ts";
import { registryFunctions } from "./registry.ts";
import { sqliteFunctions } from "./sqlite.ts";
import { timerFunctions } from "./timer.ts";
import { trapFunctions } from "./trap.ts";
import { versionFunctions } from "./version.ts";
import { wasiConfigFunctions } from "./wasiConfig.ts";

/** Every function of the `lunatic::…` namespaces for the processes of one executor, by namespace. */
export function lunaticFunctions(
  binding: HostBinding,
  stage: MessageStage,
): Readonly<Record<string, HostFunctions>> {
  return {
    "lunatic::error": errorFunctions(binding),
    "lunatic::message": messageFunctions(binding, stage),
    "lunatic::timer": timerFunctions(binding, stage),
    "lunatic::networking": networkingFunctions(binding),
    "lunatic::trap": trapFunctions(binding),
    "lunatic::process": processFunctions(binding),
    "lunatic::registry": registryFunctions(binding),
    "lunatic::wasi": wasiConfigFunctions(binding),
    "lunatic::distributed": distributedFunctions(binding),
    "lunatic::version": versionFunctions(),
    "lunatic::metrics": metricsFunctions(binding),
    "lunatic::sqlite": sqliteFunctions(binding),
  };
}

/** The functions that as-lunatic declares differently, with the types and the meaning it knows. */
export function asLunaticFunctions(
  binding: HostBinding,
  stage: MessageStage,
): Readonly<Record<string, HostFunctions>> {
  return {
    "lunatic::message": messageAsLunaticFunctions(binding, stage),
    "lunatic::distributed": distributedAsLunaticFunctions(binding),
    "lunatic::networking": networkingAsLunaticFunctions(binding),
  };
}
