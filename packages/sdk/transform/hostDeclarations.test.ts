import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Every function of the host with its wasm types; that these are the runtime's is tested where that module is run. */
const ALL_IMPORTS = join(import.meta.dirname, "../../../guests/wat/all_imports.wat");
const IMPORT =
  /\(import "([^"]+)" "([^"]+)" \(func(?: \$\w+)?(?: \(param ([^)]*)\))?(?: \(result ([^)]*)\))?\)\)/g;

const DECLARATIONS = import.meta.glob<string>("../assembly/host/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const DECLARATION = /@external\("([^"]+)", "([^"]+)"\)\s*export declare function \w+\(([^)]*)\): (\w+);/g;

const WASM_TYPES: Readonly<Record<string, string>> = {
  usize: "i32",
  u32: "i32",
  i32: "i32",
  u64: "i64",
  i64: "i64",
  f64: "f64",
  void: "",
};

/** Of every function: `lunatic::timer cancel_timer (i64) i32`. */
function hostFunctions(): string[] {
  const text = readFileSync(ALL_IMPORTS, "utf8");
  return [...text.matchAll(IMPORT)].map(([, module, name, params = "", result = ""]) =>
    `${module} ${name} (${params}) ${result}`.trimEnd(),
  );
}

function declaredFunctions(): string[] {
  return Object.values(DECLARATIONS)
    .flatMap((text) => [...text.matchAll(DECLARATION)])
    .map(([, module, name, params = "", result = ""]) => {
      const types = params
        .split(", ")
        .filter(Boolean)
        .map((param) => WASM_TYPES[param.split(": ")[1]!]);
      return `${module} ${name} (${types.join(" ")}) ${WASM_TYPES[result]}`.trimEnd();
    });
}

test("the framework declares every function of the host with the host's types, and no other", () => {
  expect(hostFunctions().length).toBe(186);
  expect(declaredFunctions().toSorted()).toEqual(hostFunctions().toSorted());
});
