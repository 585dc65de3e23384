import { describe, expect, test } from "vitest";
import { asLunaticSignatures } from "./asLunatic.ts";
import {
  alternativeSignature,
  hostSignature,
  namespaceSignatures,
  signatures,
  WASI_PREVIEW1,
} from "./index.ts";
import { type HostSignature, type NamespaceSignatures, parameterTypes, resultTypes } from "./signature.ts";

const all = Object.entries<NamespaceSignatures>(signatures).flatMap(([module, namespace]) =>
  Object.entries(namespace).map(([name, signature]) => ({ label: `${module}::${name}`, signature })),
);

describe("the tables of host functions (host ABI ch. 2)", () => {
  test.each([
    ["lunatic::error", 3],
    ["lunatic::message", 18],
    ["lunatic::timer", 2],
    ["lunatic::networking", 49],
    ["lunatic::trap", 1],
    ["lunatic::process", 26],
    ["lunatic::registry", 3],
    ["lunatic::wasi", 3],
    ["lunatic::distributed", 12],
    ["lunatic::version", 3],
    ["lunatic::metrics", 6],
    ["lunatic::sqlite", 14],
    [WASI_PREVIEW1, 46],
  ])("%s has %i functions", (module, count) => {
    expect(Object.keys(namespaceSignatures(module)!)).toHaveLength(count);
  });

  test("lunatic has 140 functions in 12 namespaces", () => {
    const namespaces = Object.keys(signatures).filter((module) => module.startsWith("lunatic::"));
    expect(namespaces).toHaveLength(12);
    expect(all.filter(({ label }) => label.startsWith("lunatic::"))).toHaveLength(140);
  });

  test.each(all)("$label names its params once and has only the types of the ABI", ({ signature }) => {
    const names = signature.params.map((parameter) => parameter.split(": ")[0]);
    expect(new Set(names).size).toBe(names.length);
    for (const type of [...parameterTypes(signature), ...resultTypes(signature)]) {
      expect(["i32", "i64", "f64"]).toContain(type);
    }
  });

  test.each(all.filter(({ label }) => label.startsWith("lunatic::")))(
    "$label takes pointers and lengths as i32",
    ({ signature }) => {
      for (const parameter of signature.params) {
        if (/_(ptr|len): |^(ptr|len): /.test(parameter)) expect(parameter).toMatch(/: i32$/);
      }
    },
  );

  test("what is not there is undefined, also under names that JavaScript objects have", () => {
    for (const name of ["", "toString", "__proto__", "constructor"]) {
      expect(hostSignature("lunatic::message", name)).toBeUndefined();
      expect(hostSignature(name, "receive")).toBeUndefined();
      expect(alternativeSignature(name, "spawn")).toBeUndefined();
      expect(alternativeSignature("lunatic::message", name)).toBeUndefined();
    }
  });
});

describe("what as-lunatic declares differently (host ABI ch. 2)", () => {
  const deviating = Object.entries(asLunaticSignatures).flatMap(([module, namespace]) =>
    Object.entries(namespace).map(([name, signature]) => ({ module, name, signature })),
  );

  test("are six functions", () => {
    expect(deviating).toHaveLength(6);
  });

  test.each(deviating)(
    "$module::$name exists in the host with another type, and blocks alike",
    (alternative) => {
      const host = hostSignature(alternative.module, alternative.name) as HostSignature;
      const types = (signature: HostSignature) => [parameterTypes(signature), resultTypes(signature)];
      expect(types(alternative.signature)).not.toEqual(types(host));
      expect(alternative.signature.mayBlock).toBe(host.mayBlock);
    },
  );
});
