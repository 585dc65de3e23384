import { Mailbox, Params, Process, Unit, WasmModule, assertEqual, spawn, unit } from "lunatic";

/** (module (memory (export "memory") 1) (func (export "f") (param i32 i64))) */
const BYTES: StaticArray<u8> = [
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x02, 0x7f, 0x7e, 0x00, 0x03, 0x02, 0x01,
  0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x0e, 0x02, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x01,
  0x66, 0x00, 0x00, 0x0a, 0x04, 0x01, 0x02, 0x00, 0x0b,
];

function moduleBytes(): Uint8Array {
  const bytes = new Uint8Array(BYTES.length);
  for (let i = 0; i < BYTES.length; i++) bytes[i] = BYTES[i];
  return bytes;
}

@test
function aModuleCanBeCompiledAndRun(): void {
  const mailbox = Mailbox.of<Unit>().monitorable();
  const module = WasmModule.compile(moduleBytes()).value;
  const process = module.spawn<string>("f", new Params().i32(-7).i64(8)).value;
  mailbox.monitor(process);
  module.drop();
}

@test
function whatIsNoModuleIsAnError(): void {
  const outcome = WasmModule.compile(new Uint8Array(3));
  assert(!outcome.ok);
  assert(outcome.error!.text.length > 0);
}

@message
class Plugin {
  constructor(
    readonly module: WasmModule,
    readonly replyTo: Process<string>,
  ) {}
}

@test
function modulesCanBeSent(): void {
  const mailbox = Mailbox.of<string>();
  const loader = spawn((_: Unit, self: Mailbox<Plugin>) => {
    const plugin = self.receive();
    const process = plugin.module.spawn<string>("f", new Params().i32(1).i64(2));
    plugin.replyTo.send(process.ok ? "runs" : process.error!.text);
  }, unit());
  loader.send(new Plugin(WasmModule.compile(moduleBytes()).value, mailbox.self));
  assertEqual(mailbox.receive(), "runs");
}

