/** A module that is compiled while the program runs, and processes that run it. */
import {
  FOREVER,
  Mailbox,
  Params,
  ProcessConfig,
  SpawnOptions,
  Tag,
  Unit,
  WasmModule,
  print,
} from "lunatic";

/** A plugin, as it would come from a file: it traps if its argument is negative. */
// (module (memory (export "memory") 1)
//   (func (export "run") (param i32) (if (i32.lt_s (local.get 0) (i32.const 0)) (then unreachable))))
const PLUGIN: StaticArray<u8> = [
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x01, 0x7f, 0x00, 0x03, 0x02, 0x01, 0x00,
  0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x10, 0x02, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x03, 0x72,
  0x75, 0x6e, 0x00, 0x00, 0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x41, 0x00, 0x48, 0x04, 0x40, 0x00, 0x0b, 0x0b,
];

export function main(mailbox: Mailbox<Unit>): void {
  const broken = WasmModule.compile(new Uint8Array(10));
  print(`ten zeros are a module: ${broken.ok}`);

  const bytes = new Uint8Array(PLUGIN.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = PLUGIN[i];
  const plugin = WasmModule.compile(bytes).expect("the plugin");

  // A stranger's code gets a config that allows nothing; the link tells if it fails.
  const signals = mailbox.catchLinkFailure();
  const strict = new SpawnOptions().withConfig(ProcessConfig.create().value);
  for (let argument = 1; argument >= -1; argument -= 2) {
    const tag = Tag.fresh();
    const process = plugin.spawn<Unit>("run", new Params().i32(argument), strict.linked(tag));
    const failed = signals.receiveTaggedTimeout(tag, argument < 0 ? FOREVER : 50).isLinkDied;
    print(`run(${argument}): started ${process.ok}, failed ${failed}`);
  }
}
