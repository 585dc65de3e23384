/** The imports of `lunatic::wasi`, as the host has them. */

/** Adds an environment variable to a config. */
// @ts-ignore: decorator
@external("lunatic::wasi", "config_add_environment_variable")
export declare function config_add_environment_variable(configId: u64, keyPtr: usize, keyLen: u32, valuePtr: usize, valueLen: u32): void;

/** Adds an argument to a config. */
// @ts-ignore: decorator
@external("lunatic::wasi", "config_add_command_line_argument")
export declare function config_add_command_line_argument(configId: u64, argumentPtr: usize, argumentLen: u32): void;

/** Gives processes of a config a directory. */
// @ts-ignore: decorator
@external("lunatic::wasi", "config_preopen_dir")
export declare function config_preopen_dir(configId: u64, dirPtr: usize, dirLen: u32): void;
