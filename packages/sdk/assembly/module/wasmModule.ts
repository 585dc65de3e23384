import { Bincode } from "../codec/bincode";
import { LunaticError } from "../error";
import * as distributed from "../host/distributed";
import { push_module, take_module } from "../host/message";
import * as host from "../host/process";
import { Process } from "../process/process";
import { SpawnOptions } from "../process/spawnOptions";
import { Result } from "../result";
import { encodeUtf8 } from "../text/utf8";
import { Params } from "./params";

const ID: usize = memory.data(8, 8);

/** The number of the module that this process runs. */
const OWN: i64 = -1;

/**
 * A WebAssembly module, compiled while the program runs. Its exported functions can be spawned as processes. Modules
 * can be sent in messages; the sender keeps its own.
 *
 * ```ts
 * const module = WasmModule.compile(bytes).expect("a plugin");
 * const plugin = module.spawn<string>("run", new Params().i32(7)).value;
 * plugin.send("hello");
 * ```
 */
export class WasmModule {
  private constructor(private number: i64) {}

  /** Compiles a module of wasm bytes. Fails if they are none, or if this process may not compile modules. */
  static compile(bytes: Uint8Array): Result<WasmModule> {
    const code = host.compile_module(bytes.dataStart, <u32>bytes.length, ID);
    if (code == 0) return Result.ok<WasmModule>(new WasmModule(load<i64>(ID)));
    if (code == -1) return Result.err<WasmModule>(LunaticError.permissionDenied("compiling modules"));
    return Result.err<WasmModule>(LunaticError.take(load<u64>(ID)));
  }

  /** The module that this process runs. */
  static own(): WasmModule {
    return new WasmModule(OWN);
  }

  /** The number that the host gave to it; -1: the own module. */
  get id(): i64 {
    return this.number;
  }

  /**
   * Spawns a process that runs an exported function, with numbers as arguments. What the process takes for messages is
   * not known here: `M` is what you say it is.
   */
  spawn<M, S = Bincode>(
    name: string,
    params: Params = new Params(),
    options: SpawnOptions = new SpawnOptions(),
  ): Result<Process<M, S>> {
    const bytes = encodeUtf8(name);
    const config = options.config;
    const configId: i64 = config === null ? -1 : <i64>config.id;
    const code = host.spawn(
      options.link,
      configId,
      this.number,
      changetype<usize>(bytes),
      <u32>bytes.byteLength,
      params.start,
      <u32>params.length,
      ID,
    );
    if (code != 0) return Result.err<Process<M, S>>(LunaticError.take(load<u64>(ID)));
    return Result.ok<Process<M, S>>(new Process<M, S>(distributed.node_id(), load<u64>(ID)));
  }

  /** Gives the module back. Processes that run it go on. */
  drop(): void {
    if (this.number != OWN) host.drop_module(<u64>this.number);
  }

  /** Puts the module into a message. */
  __encode<W>(writer: W): void {
    writer.put<u64>(push_module(<u64>this.number));
  }

  /** Takes the module out of a message. */
  __decode<R>(reader: R): void {
    const slot = reader.get<u64>();
    // A slot that the message does not have would trap.
    if (reader.isSound()) this.number = <i64>take_module(slot);
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return "lunatic::module::WasmModule";
  }
}
