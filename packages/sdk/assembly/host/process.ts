/** The imports of `lunatic::process`, as the host has them. */

/** 0: `idPtr` has the module's id; 1: an error's id; -1: not permitted. */
// @ts-ignore: decorator
@external("lunatic::process", "compile_module")
export declare function compile_module(moduleDataPtr: usize, moduleDataLen: u32, idPtr: usize): i32;

/** Forgets a module. Processes that run it go on. */
// @ts-ignore: decorator
@external("lunatic::process", "drop_module")
export declare function drop_module(moduleId: u64): void;

/** A config with all permissions off. -1: not permitted. */
// @ts-ignore: decorator
@external("lunatic::process", "create_config")
export declare function create_config(): i64;

/** Forgets a config. */
// @ts-ignore: decorator
@external("lunatic::process", "drop_config")
export declare function drop_config(configId: u64): void;

/** Limits the memory of a process, in bytes. */
// @ts-ignore: decorator
@external("lunatic::process", "config_set_max_memory")
export declare function config_set_max_memory(configId: u64, maxMemory: u64): void;

/** The limit on memory in bytes. */
// @ts-ignore: decorator
@external("lunatic::process", "config_get_max_memory")
export declare function config_get_max_memory(configId: u64): u64;

/** Limits what a process may compute, in units of 100,000 instructions. 0: no limit. */
// @ts-ignore: decorator
@external("lunatic::process", "config_set_max_fuel")
export declare function config_set_max_fuel(configId: u64, maxFuel: u64): void;

/** The limit on fuel, 0 if there is none. */
// @ts-ignore: decorator
@external("lunatic::process", "config_get_max_fuel")
export declare function config_get_max_fuel(configId: u64): u64;

/** 1: may compile modules. */
// @ts-ignore: decorator
@external("lunatic::process", "config_can_compile_modules")
export declare function config_can_compile_modules(configId: u64): u32;

/** Whether it may compile modules. */
// @ts-ignore: decorator
@external("lunatic::process", "config_set_can_compile_modules")
export declare function config_set_can_compile_modules(configId: u64, can: u32): void;

/** 1: may create configs. */
// @ts-ignore: decorator
@external("lunatic::process", "config_can_create_configs")
export declare function config_can_create_configs(configId: u64): u32;

/** Whether it may create configs. */
// @ts-ignore: decorator
@external("lunatic::process", "config_set_can_create_configs")
export declare function config_set_can_create_configs(configId: u64, can: u32): void;

/** 1: may spawn processes. */
// @ts-ignore: decorator
@external("lunatic::process", "config_can_spawn_processes")
export declare function config_can_spawn_processes(configId: u64): u32;

/** Whether it may spawn processes. */
// @ts-ignore: decorator
@external("lunatic::process", "config_set_can_spawn_processes")
export declare function config_set_can_spawn_processes(configId: u64, can: u32): void;

/** Spawns a process of a module at an exported function. Link 0: none; config and module -1: the caller's own. 0: `idPtr` has the process' id; 1: an error's id. */
// @ts-ignore: decorator
@external("lunatic::process", "spawn")
export declare function spawn(link: i64, configId: i64, moduleId: i64, funcPtr: usize, funcLen: u32, paramsPtr: usize, paramsLen: u32, idPtr: usize): u32;

/** Looks a name up, and spawns and registers a process if there is none. 2: the name existed. */
// @ts-ignore: decorator
@external("lunatic::process", "get_or_spawn")
export declare function get_or_spawn(namePtr: usize, nameLen: u32, link: i64, configId: i64, moduleId: i64, funcPtr: usize, funcLen: u32, paramsPtr: usize, paramsLen: u32, nodeIdPtr: usize, idPtr: usize): u32;

/** Waits. */
// @ts-ignore: decorator
@external("lunatic::process", "sleep_ms")
export declare function sleep_ms(ms: u64): void;

/** 0: the failure of a linked process becomes a message. Else the process dies with it. */
// @ts-ignore: decorator
@external("lunatic::process", "die_when_link_dies")
export declare function die_when_link_dies(trap: u32): void;

/** The process' own id. */
// @ts-ignore: decorator
@external("lunatic::process", "process_id")
export declare function process_id(): u64;

/** The id of the environment that the process belongs to. */
// @ts-ignore: decorator
@external("lunatic::process", "environment_id")
export declare function environment_id(): u64;

/** Links the caller with a process, in both directions. */
// @ts-ignore: decorator
@external("lunatic::process", "link")
export declare function link(tag: i64, processId: u64): void;

/** Removes a link on both sides. */
// @ts-ignore: decorator
@external("lunatic::process", "unlink")
export declare function unlink(processId: u64): void;

/** Asks for a message when a process ends, for whatever reason. */
// @ts-ignore: decorator
@external("lunatic::process", "monitor")
export declare function monitor(processId: u64): void;

/** Takes a monitor back. */
// @ts-ignore: decorator
@external("lunatic::process", "stop_monitoring")
export declare function stop_monitoring(processId: u64): void;

/** Ends a process. */
// @ts-ignore: decorator
@external("lunatic::process", "kill")
export declare function kill(processId: u64): void;

/** 1: the process is alive. */
// @ts-ignore: decorator
@external("lunatic::process", "exists")
export declare function exists(processId: u64): u32;
