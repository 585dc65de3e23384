import { beforeAll, describe, expect, test } from "vitest";
import loadWabt from "wabt";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { PARKED } from "../kernel/parked.ts";
import { linkImports } from "./linkImports.ts";
import { ALL_IMPORTS, Host } from "./testing/guest.ts";

/** A module that imports all of lunatic and exports, for each function, one that calls it with zeros. */
const SOURCE = `(module
${ALL_IMPORTS.map(
  ({ module, name, params, results }, index) =>
    `(import "${module}" "${name}" (func $f${index} (param ${params.join(" ")}) (result ${results.join(" ")})))`,
).join("\n")}
${ALL_IMPORTS.map(
  ({ module, name, params, results }, index) =>
    `(func (export "${module}::${name}") (result ${results.join(" ")})
       (call $f${index} ${params.map((type) => `(${type}.const 0)`).join(" ")}))`,
).join("\n")}
)`;

let module: WebAssembly.Module;

beforeAll(async () => {
  const wabt = await loadWabt();
  const parsed = wabt.parseWat("all.wat", SOURCE);
  module = new WebAssembly.Module(new Uint8Array(parsed.toBinary({}).buffer));
  parsed.destroy();
});

function instantiate(host: Host): Record<string, () => unknown> {
  const { imports } = linkImports(ALL_IMPORTS, host.binding, {});
  const { exports } = new WebAssembly.Instance(module, imports);
  return exports as Record<string, () => unknown>;
}

const TYPE_OF_RESULT: Readonly<Record<string, string>> = { i32: "number", i64: "bigint" };

describe("host functions as wasm calls them", () => {
  test.each(ALL_IMPORTS)(
    "$module::$name gives wasm a value of its result's type, or traps: nothing else",
    ({ module: namespace, name, results }) => {
      const host = new Host();
      host.catchResult = PARKED;
      host.root.call("message::create_data", 0n, 0n);
      const call = instantiate(host)[`${namespace}::${name}`]!;
      let result: unknown;
      try {
        result = host.world.run(host.root.process, call);
      } catch (error) {
        expect(error).toBeInstanceOf(GuestTrap);
        expect((error as Error).message).toContain(`${namespace}::${name}: `);
        return;
      }
      expect(typeof result).toBe(TYPE_OF_RESULT[results[0] ?? ""] ?? "undefined");
    },
  );
});
