import { describe, expect, test } from "vitest";
import { parseRegistryName, shortRegistryName } from "./registryName.ts";

describe("registry names (host ABI ch. 8)", () => {
  test("of lunatic-rs hold the types of the handle and the author's name", () => {
    expect(parseRegistryName("i32/lunatic::serializer::Bincode/Process/hello")).toEqual({
      form: "process",
      type: "i32",
      serializer: "lunatic::serializer::Bincode",
      userName: "hello",
    });
    expect(parseRegistryName("app::Counter/lunatic::serializer::Bincode/ProcessRef/hello")).toEqual({
      form: "processRef",
      type: "app::Counter",
      serializer: "lunatic::serializer::Bincode",
      userName: "hello",
    });
  });

  test("the author's name may contain slashes, and be empty", () => {
    expect(parseRegistryName("T/S/Process/a/b//c")).toMatchObject({ userName: "a/b//c" });
    expect(parseRegistryName("T/S/Process/")).toMatchObject({ form: "process", userName: "" });
  });

  test.each(["hello", "", "a/b", "a/b/Process", "a/b/Other/c", "a/b/process/c"])(
    "%j is a plain name",
    (name) => {
      expect(parseRegistryName(name)).toEqual({ form: "plain", userName: name });
    },
  );

  test.each([
    ["i32/lunatic::serializer::Bincode/Process/hello", "hello"],
    ["app::state::Counter/lunatic::serializer::Bincode/ProcessRef/hello", "Counter hello"],
    ["app::Store<app::Key>/lunatic::serializer::Json/ProcessRef/a/b", "Store<Key> a/b"],
    ["i32/lunatic::serializer::Bincode/Process/my-app@0.1.0::workers::Logger", "Logger"],
    ["i32/lunatic::serializer::Bincode/Process/app@0.1.0-beta::Logger", "Logger"],
    ["plain", "plain"],
  ])("%s is shown as %s", (name, shown) => {
    expect(shortRegistryName(name)).toBe(shown);
  });
});
