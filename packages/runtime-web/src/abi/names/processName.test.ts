import { describe, expect, test } from "vitest";
import type { EntryParam } from "../entryParams.ts";
import { describeProcess, type ModuleNames } from "./processName.ts";

const SPAWN_BY_INDEX = "_lunatic_spawn_by_index_0.14.1";
const MAILBOX_WRAPPER =
  "_RINvNtCs2varGVGyuQT_7lunatic7mailbox19type_helper_wrapperuuNtNtB4_10serializer7BincodeECs1lgM5XfXBy6_9own_tests";
const TASK_WRAPPER =
  "_RINvNtCs2varGVGyuQT_7lunatic8protocol19type_helper_wrapperTmyEINtB2_4SendyNtB2_7TaskEndENtNtB4_10serializer7BincodeuECsfUUOyluJMSm_4tree";
const PROTOCOL_WRAPPER =
  "_RINvNtCs2varGVGyuQT_7lunatic8protocol19type_helper_wrapperuINtB2_4SendyNtB2_3EndENtNtB4_10serializer7BincodeuECsfUUOyluJMSm_4tree";
const CLOSURE =
  "_RNvYNCNvCsfUUOyluJMSm_4tree4grow0INtNtNtCs247YrygNUAC_4core3ops8function6FnOnceuE9call_onceB6_";
const KITCHEN_ENTRY =
  "_RINvNtNtCs2varGVGyuQT_7lunatic2ap10lifecycles5entryNtCslz2ZKrE4J2p_10supervisor7KitchenEBP_";
const RESTAURANT_ENTRY =
  "_RINvNtNtCs2varGVGyuQT_7lunatic2ap10lifecycles5entryNtCslz2ZKrE4J2p_10supervisor10RestaurantEBP_";
const RESTAURANT_STARTUP =
  "_RINvNtCs2varGVGyuQT_7lunatic5panic8re_entryINtNtCs247YrygNUAC_4core6result6ResultINtNtB4_10supervisor16SupervisorConfigNtCslz2ZKrE4J2p_10supervisor10RestaurantEuENCINvNtNtB4_2ap10lifecycles7startupB1T_E0EB1V_";

/** A module whose table 0 holds these symbols. */
function names(...table: (string | undefined)[]): ModuleNames {
  return {
    functionName: (index) => table[index],
    allFunctionNames: () => table.filter((symbol) => symbol !== undefined),
  };
}

function indexes(...values: number[]): EntryParam[] {
  return values.map((value) => ({ type: "i32", value }));
}

describe("kind and name of a process (host ABI ch. 13)", () => {
  test("the root is main", () => {
    expect(describeProcess("_start", [], names())).toMatchObject({ kind: "main", name: "main" });
  });

  test.each([
    ["#lunatic_test_app::tests::adds", "app::tests::adds"],
    ["#lunatic_test_#ignore_app::slow", "app::slow"],
    ["#lunatic_test_#panic_#app::fails", "app::fails"],
    ["#lunatic_test_#panic_a \\#1 error#app::fails", "app::fails"],
    ["#lunatic_test_#ignore_#panic_text#app::fails", "app::fails"],
  ])("%s is the test %s", (entry, name) => {
    expect(describeProcess(entry, [], names())).toMatchObject({ kind: "test", name });
  });

  test.each([
    ["function", MAILBOX_WRAPPER],
    ["task", TASK_WRAPPER],
    ["protocol", PROTOCOL_WRAPPER],
  ])("a %s is told by the wrapper, and named by the author's function", (kind, wrapper) => {
    const described = describeProcess(SPAWN_BY_INDEX, indexes(0, 1), names(wrapper, CLOSURE));
    expect(described).toMatchObject({ kind, name: "grow {closure#0}" });
    expect(described.path).toContain("tree::grow::{closure#0}");
  });

  test("programs in TypeScript syntax name their processes by class or function, without files", () => {
    const module = names("~lib/lunatic/serve", "main/__initDivider", "src/work/worker");
    expect(describeProcess("_lunatic_spawn_by_index_as", indexes(0, 1), module)).toMatchObject({
      kind: "abstractProcess",
      name: "Divider",
    });
    expect(describeProcess("_lunatic_spawn_by_index_as", indexes(0, 2), module)).toMatchObject({
      kind: "function",
      name: "worker",
    });
  });

  test("an AbstractProcess is named by its type; a supervisor is told by its start-up code", () => {
    const module = names(MAILBOX_WRAPPER, KITCHEN_ENTRY, RESTAURANT_ENTRY, RESTAURANT_STARTUP);
    expect(describeProcess(SPAWN_BY_INDEX, indexes(0, 1), module)).toEqual({
      kind: "abstractProcess",
      name: "Kitchen",
      path: "supervisor::Kitchen",
    });
    expect(describeProcess(SPAWN_BY_INDEX, indexes(0, 2), module)).toEqual({
      kind: "supervisor",
      name: "Restaurant",
      path: "supervisor::Restaurant",
    });
  });

  test("legacy mangling tells an AbstractProcess without its type", () => {
    const module = names(MAILBOX_WRAPPER, "_ZN7lunatic2ap10lifecycles5entry17h0123456789abcdefE");
    expect(describeProcess(SPAWN_BY_INDEX, indexes(0, 1), module)).toMatchObject({
      kind: "abstractProcess",
      name: "AbstractProcess",
    });
  });

  test("without names a function is called by its table index", () => {
    expect(describeProcess(SPAWN_BY_INDEX, indexes(3, 12), names())).toEqual({
      kind: "function",
      name: "function 12",
      path: undefined,
    });
  });

  test("an as-lunatic process is named by the function it begins with", () => {
    const entry = "__lunatic_process_bootstrap_parameter";
    expect(
      describeProcess(
        entry,
        [...indexes(1), { type: "i64", value: 0n }],
        names("x", "assembly/index/worker"),
      ),
    ).toMatchObject({ kind: "function", name: "worker" });
  });

  test("any other entry is named as it is", () => {
    expect(describeProcess("run", indexes(1), names("x", "y"))).toMatchObject({ kind: "other", name: "run" });
  });

  test.each([
    ["none", []],
    ["of another type", [{ type: "i64", value: 1n }] as EntryParam[]],
    ["outside the table", indexes(-1, -1)],
  ])("params that are %s leave a name to show", (_, params) => {
    expect(describeProcess(SPAWN_BY_INDEX, params, names("x")).name).toMatch(/^function/);
  });
});
