import { RESOURCE_BYTES } from "../../kernel/resourceTable.ts";
import type { HostBinding } from "../binding.ts";
import { configOf } from "../configs.ts";
import { readString } from "../guestMemory.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import type { wasiConfigSignatures } from "../signatures/wasiConfig.ts";

/** lunatic::wasi: what a config gives to the WASI context of its processes. Host ABI 3.8. */
export function wasiConfigFunctions(binding: HostBinding): FunctionsOf<typeof wasiConfigSignatures> {
  return {
    config_add_environment_variable(configId, keyPtr, keyLen, valuePtr, valueLen) {
      const key = readString(binding.memory, keyPtr, keyLen);
      const value = readString(binding.memory, valuePtr, valueLen);
      configOf(binding.process, configId).environmentVariables.push([key, value]);
      binding.process.configs.grow(configId, RESOURCE_BYTES + key.length + value.length);
    },
    config_add_command_line_argument(configId, ptr, len) {
      const argument = readString(binding.memory, ptr, len);
      configOf(binding.process, configId).commandLineArguments.push(argument);
      binding.process.configs.grow(configId, RESOURCE_BYTES + argument.length);
    },
    // Opened only when a process is spawned with the config, so a missing directory is no failure here.
    config_preopen_dir(configId, ptr, len) {
      const directory = readString(binding.memory, ptr, len);
      configOf(binding.process, configId).preopenedDirs.push(directory);
      binding.process.configs.grow(configId, RESOURCE_BYTES + directory.length);
    },
  };
}
