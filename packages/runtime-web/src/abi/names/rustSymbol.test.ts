import { describe, expect, test } from "vitest";
import { demangle } from "./rustSymbol.ts";

describe("Rust symbols, v0 mangling", () => {
  test.each([
    // As they stand in the name sections of guests/rust; the expected texts are rustc-demangle's alternate form.
    ["_RNvCsfUUOyluJMSm_4tree4grow", "tree::grow"],
    ["_RNvNtNtNtCs2varGVGyuQT_7lunatic4host3api7message7receive", "lunatic::host::api::message::receive"],
    [
      "_RNvYNCNvCsfUUOyluJMSm_4tree4grow0INtNtNtCs247YrygNUAC_4core3ops8function6FnOnceTTmyEINtNtCs2varGVGyuQT_7lunatic8protocol8ProtocolINtB1n_4SendyNtB1n_7TaskEndEEEE9call_onceB6_",
      "<tree::grow::{closure#0} as core::ops::function::FnOnce<((u32, u64), lunatic::protocol::Protocol<lunatic::protocol::Send<u64, lunatic::protocol::TaskEnd>>)>>::call_once",
    ],
    [
      "_RINvNtNtCs2varGVGyuQT_7lunatic2ap10lifecycles5entryNtNtCs1lgM5XfXBy6_9own_tests5state5StackEBR_",
      "lunatic::ap::lifecycles::entry::<own_tests::state::Stack>",
    ],
    [
      "_RNvMs_NtCse5pTTQKvxgO_5alloc7raw_vecINtB4_6RawVechE16reserve_for_pushCs2varGVGyuQT_7lunatic",
      "<alloc::raw_vec::RawVec<u8>>::reserve_for_push",
    ],
    [
      "_RINvNtCs247YrygNUAC_4core3ptr13drop_in_placeReECsiEiagPZQIKX_4bank",
      "core::ptr::drop_in_place::<&str>",
    ],
    [
      "_RNvXs_NtNtCse5pTTQKvxgO_5alloc3vec11spec_extendINtB6_3VechEINtB4_10SpecExtendhINtNtNtCs247YrygNUAC_4core5array4iter8IntoIterhKj10_EE11spec_extendCs2varGVGyuQT_7lunatic",
      "<alloc::vec::Vec<u8> as alloc::vec::spec_extend::SpecExtend<u8, core::array::iter::IntoIter<u8, 16>>>::spec_extend",
    ],
    [
      "_RINvNtNtCs8v1rFTdFJUG_3std10sys_common9backtrace28___rust_begin_short_backtraceFEuuECsfUUOyluJMSm_4tree",
      "std::sys_common::backtrace::__rust_begin_short_backtrace::<fn(), ()>",
    ],
  ])("%s", (symbol, path) => {
    expect(demangle(symbol)).toBe(path);
  });

  // What no guest of ours contains, put together after the grammar of the rustc book.
  test.each([
    ["_RNvC1a4main.command_export", "a::main"],
    ["_RNCNvC1a4mains_0", "a::main::{closure#1}"],
    ["_RNSNvC1a4main6vtable", "a::main::{shim:vtable#0}"],
    ["_RNvC1au8gdel_5qa", "a::gödel"],
    ["_RIC1aTEE", "a::<()>"],
    ["_RIC1aTlEE", "a::<(i32,)>"],
    ["_RIC1aPhOhQhE", "a::<*const u8, *mut u8, &mut u8>"],
    ["_RIC1aAhj3_ShE", "a::<[u8; 3], [u8]>"],
    ["_RIC1aKl2a_Kln2a_Kb1_Kb0_Kc41_KpE", "a::<42, -42, true, false, 'A', _>"],
    ["_RIC1aKoffffffffffffffffff_E", "a::<0xffffffffffffffffff>"],
    ["_RIC1aFUKClEuE", 'a::<unsafe extern "C" fn(i32)>'],
    ["_RIC1aFlEmE", "a::<fn(i32) -> u32>"],
    ["_RIC1aFG_RL0_hEuE", "a::<for<'a> fn(&'a u8)>"],
    ["_RIC1aDNtC1b1TEL_E", "a::<dyn b::T>"],
    ["_RIC1aDINtC1b1TlEp1XmNtC1b1SEL_E", "a::<dyn b::T<i32, X = u32> + b::S>"],
    ["_RIC1aL_E", "a::<'_>"],
  ])("%s", (symbol, path) => {
    expect(demangle(symbol)).toBe(path);
  });

  test.each([
    ["cut short", "_RNvCsfUUOyluJMSm_4tree4gro"],
    ["with something behind", "_RNvC1a4mainX"],
    ["with an unknown tag", "_RZ"],
    ["with a reference to itself", "_RNvB_1a"],
    ["with a reference forward", "_RNvB9_1a"],
    ["with a lifetime that nothing binds", "_RIC1aFRL0_hEuE"],
    ["with Punycode that is none", "_RNvC1au4____"],
    ["with a character that is a surrogate", "_RIC1aKcd800_E"],
    ["of nothing", "_R"],
  ])("a symbol %s stays as it is", (_, symbol) => {
    expect(demangle(symbol)).toBe(symbol);
  });

  test("back references expand as far as a reader can use it", () => {
    expect(demangle(doubling(3))).toMatch(/^a::<\(\(\), \(\)\), .*>$/);
  });

  test.each([
    ["nests without end", `_RIC1a${"R".repeat(100_000)}uE`],
    ["refers back and forth", `_RMC0T${"TB3_B3_E".repeat(60)}E`],
    ["doubles at each step", doubling(40)],
    ["binds billions of lifetimes", "_RIC1aFGZZZZZ_EuE"],
  ])("a hostile symbol that %s ends soon and harms nobody", (_, symbol) => {
    expect(demangle(symbol)).toBe(symbol);
  });
});

describe("Rust symbols, legacy mangling", () => {
  test.each([
    ["_ZN4tree4grow17h0123456789abcdefE", "tree::grow"],
    ["_ZN4tree4grow28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE", "tree::grow::{{closure}}"],
    [
      "_ZN57_$LT$app..Counter$u20$as$u20$lunatic..AbstractProcess$GT$4init17h0123456789abcdefE",
      "<app::Counter as lunatic::AbstractProcess>::init",
    ],
    [
      "_ZN4core3ptr28drop_in_place$LT$$RF$str$GT$17h0123456789abcdefE.llvm.42",
      "core::ptr::drop_in_place<&str>",
    ],
    ["_ZN3foo3barE", "foo::bar"],
  ])("%s", (symbol, path) => {
    expect(demangle(symbol)).toBe(path);
  });

  test("a name that wasm-ld has demangled as C++ loses its hash", () => {
    expect(demangle("tree::grow::h0123456789abcdef")).toBe("tree::grow");
    expect(demangle("core::ptr::drop_in_place$LT$u8$GT$::h0123456789abcdef")).toBe(
      "core::ptr::drop_in_place<u8>",
    );
  });

  test.each(["_ZN4tree", "_ZN99treeE", "_ZNE", "_ZN3foo3barEi", "main", "", "_start", "a::b"])(
    "%j stays as it is",
    (symbol) => {
      expect(demangle(symbol)).toBe(symbol);
    },
  );
});

/** A symbol with generic arguments that are tuples, each of which names the one before twice. */
function doubling(steps: number): string {
  let text = "IC1a";
  let last = text.length;
  text += "TuuE";
  for (let step = 0; step < steps; step++) {
    const reference = `B${base62(last)}`;
    last = text.length;
    text += `T${reference}${reference}E`;
  }
  return `_R${text}E`;
}

function base62(value: number): string {
  if (value === 0) return "_";
  const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  let text = "";
  for (let rest = value - 1; ; rest = Math.floor(rest / 62)) {
    text = digits[rest % 62] + text;
    if (rest < 62) return `${text}_`;
  }
}
