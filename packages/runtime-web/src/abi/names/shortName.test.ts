import { describe, expect, test } from "vitest";
import { shortRustName } from "./shortName.ts";

describe("short names of Rust paths", () => {
  test.each([
    ["tree::grow", "grow"],
    ["main", "main"],
    [
      "<tree::grow::{closure#0} as core::ops::function::FnOnce<((u32, u64), a::B)>>::call_once",
      "grow {closure#0}",
    ],
    ["tree::main::__with_mailbox::{closure#1}", "main {closure#1}"],
    ["tree::grow::{{closure}}", "grow {closure}"],
    ["core::ops::function::FnOnce::call_once", "{closure}"],
    ["own_tests::state::Stack", "Stack"],
    ["alloc::vec::Vec<app::state::Stack>", "Vec<Stack>"],
    ["a::Pair<b::C, (d::E, u8)>", "Pair<C, (E, u8)>"],
    ["<alloc::vec::Vec<u8>>::push", "Vec<u8>::push"],
    ["<&a::B as core::fmt::Debug>::fmt", "B::fmt"],
    ["core::ptr::drop_in_place::<a::B>", "drop_in_place"],
    ["a::f::<fn(b::C) -> d::E>", "f"],
    ["a::Wrap<fn(u8) -> u8>", "Wrap<fn(u8) -> u8>"],
    ["", ""],
  ])("%s is called %s", (path, name) => {
    expect(shortRustName(path)).toBe(name);
  });

  test.each([["<"], [">"], ["::"], ["a::<"], ["a<b::c"], ["<<<<"], ["<>"], ["{"], ["a::{closure#0"]])(
    "%j, which is no path, gets some name",
    (text) => {
      expect(shortRustName(text)).toBeTypeOf("string");
    },
  );

  test("what nests without end gets a name of bounded length", () => {
    expect(shortRustName("a::<".repeat(100_000)).length).toBeLessThan(3000);
    expect(shortRustName("<a::b ".repeat(300)).length).toBeLessThan(3000);
  });
});
