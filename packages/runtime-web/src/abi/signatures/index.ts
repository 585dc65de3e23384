import { asLunaticSignatures } from "./asLunatic.ts";
import { distributedSignatures } from "./distributed.ts";
import { errorSignatures } from "./error.ts";
import { messageSignatures } from "./message.ts";
import { metricsSignatures } from "./metrics.ts";
import { networkingSignatures } from "./networking.ts";
import { processSignatures } from "./process.ts";
import { registrySignatures } from "./registry.ts";
import type { HostSignature, NamespaceSignatures } from "./signature.ts";
import { sqliteSignatures } from "./sqlite.ts";
import { timerSignatures } from "./timer.ts";
import { trapSignatures } from "./trap.ts";
import { versionSignatures } from "./version.ts";
import { wasiConfigSignatures } from "./wasiConfig.ts";
import { wasiPreview1Signatures } from "./wasiPreview1.ts";

export const WASI_PREVIEW1 = "wasi_snapshot_preview1";

/** Every host function by the module name a guest imports it from. */
export const signatures = {
  "lunatic::error": errorSignatures,
  "lunatic::message": messageSignatures,
  "lunatic::timer": timerSignatures,
  "lunatic::networking": networkingSignatures,
  "lunatic::trap": trapSignatures,
  "lunatic::process": processSignatures,
  "lunatic::registry": registrySignatures,
  "lunatic::wasi": wasiConfigSignatures,
  "lunatic::distributed": distributedSignatures,
  "lunatic::version": versionSignatures,
  "lunatic::metrics": metricsSignatures,
  "lunatic::sqlite": sqliteSignatures,
  [WASI_PREVIEW1]: wasiPreview1Signatures,
} satisfies Record<string, NamespaceSignatures>;

/** The functions of one imported module name, or undefined if the host has no such namespace. */
export function namespaceSignatures(module: string): NamespaceSignatures | undefined {
  return Object.hasOwn(signatures, module) ? signatures[module as keyof typeof signatures] : undefined;
}

/** The signature of one host function, or undefined if the host has no such function. */
export function hostSignature(module: string, name: string): HostSignature | undefined {
  const namespace = namespaceSignatures(module);
  return namespace !== undefined && Object.hasOwn(namespace, name) ? namespace[name] : undefined;
}

/** The deviating declaration of as-lunatic that the host accepts as well, if there is one. */
export function alternativeSignature(module: string, name: string): HostSignature | undefined {
  const namespace = Object.hasOwn(asLunaticSignatures, module) ? asLunaticSignatures[module] : undefined;
  return namespace !== undefined && Object.hasOwn(namespace, name) ? namespace[name] : undefined;
}

/** Whether a call of this import may park its process: the question the instrumenter asks (`suspends`). */
export function mayBlock(module: string, name: string): boolean {
  return hostSignature(module, name)?.mayBlock ?? false;
}
