import { describe, expect, test } from "vitest";
import { GuestTrap, ProcessStopped } from "../kernel/guestTrap.ts";
import { HostFault } from "./hostFault.ts";
import { LinkError } from "./linkError.ts";
import { checkImports, linkImports, type ModuleImport } from "./linkImports.ts";
import { alternativeSignature, mayBlock, signatures, WASI_PREVIEW1 } from "./signatures/index.ts";
import { parameterTypes, resultTypes } from "./signatures/signature.ts";
import { ALL_IMPORTS, Host, type Value } from "./testing/guest.ts";

const RECEIVE: ModuleImport = {
  module: "lunatic::message",
  name: "receive",
  kind: "function",
  params: ["i32", "i32", "i64"],
  results: ["i32"],
};

function link(...imports: ModuleImport[]) {
  return linkImports(imports, new Host().binding, {}).imports;
}

function linkError(wanted: Partial<ModuleImport>): LinkError {
  try {
    link({ ...RECEIVE, ...wanted });
  } catch (error) {
    if (error instanceof LinkError) return error;
    throw error;
  }
  throw new Error("it linked");
}

describe("linking (host ABI ch. 2)", () => {
  test("gives exactly the functions that the module imports", () => {
    const imports = link(RECEIVE, { ...RECEIVE, name: "get_tag", params: [], results: ["i64"] });
    expect(Object.keys(imports)).toEqual(["lunatic::message"]);
    expect(Object.keys(imports["lunatic::message"]!)).toEqual(["receive", "get_tag"]);
  });

  test.each(Object.keys(signatures).filter((module) => module !== WASI_PREVIEW1))(
    "links every function of %s",
    (module) => {
      const namespace = signatures[module as keyof typeof signatures];
      const imports = Object.entries(namespace).map(([name, signature]) => ({
        module,
        name,
        kind: "function",
        params: parameterTypes(signature),
        results: resultTypes(signature),
      }));
      expect(Object.keys(link(...imports)[module]!)).toHaveLength(imports.length);
    },
  );

  test("takes WASI from the functions it is given, and says so if one is not there", () => {
    const args = {
      module: WASI_PREVIEW1,
      name: "args_get",
      kind: "function",
      params: ["i32", "i32"],
      results: ["i32"],
    };
    const { binding } = new Host();
    const { imports } = linkImports([args], binding, { args_get: () => 7 });
    expect((imports[WASI_PREVIEW1]!.args_get as () => number)()).toBe(7);
    expect(() => linkImports([args], binding, {})).toThrow(
      "the host knows this function but was built without it",
    );
  });

  test.each([
    ["too few params", { params: ["i32", "i32"] }],
    ["too many", { params: ["i32", "i32", "i64", "i64"] }],
    ["another type", { params: ["i32", "i32", "i32"] }],
    ["another result", { results: ["i64"] }],
    ["no result", { results: [] }],
    ["two results", { results: ["i32", "i32"] }],
  ])("refuses a known function with %s, and tells both types", (_, wanted) => {
    const error = linkError(wanted);
    expect(error).toMatchObject({
      module: "lunatic::message",
      importName: "receive",
      expected: { params: ["i32", "i32", "i64"], results: ["i32"] },
      found: { params: RECEIVE.params, results: RECEIVE.results, ...wanted },
    });
    expect(error.message).toContain("(tag_ptr: i32, tag_len: i32, timeout: i64) -> i32");
  });

  test.each(["table", "memory", "global", "tag"])("refuses a %s under the name of a function", (kind) => {
    expect(linkError({ kind, params: [], results: [] }).message).toContain(`imports a ${kind}`);
  });

  test.each([
    ["lunatic::message", "recieve", "did you mean lunatic::message::receive?"],
    ["lunatic::mesage", "receive", "did you mean lunatic::message::receive?"],
    ["lunatic::message", "fly_to_the_moon", "lunatic crate from 0.12 to 0.14"],
    ["wasi_unstable", "fd_write", "first WASI snapshot"],
    ["wasi:cli/stdout@0.2.0", "get-stdout", "WASI 0.2"],
    ["env", "emscripten_resize_heap", "Emscripten"],
    ["env", "abort", "AssemblyScript"],
    ["env", "pthread_create", "the linker left pthread_create undefined"],
    ["__wbindgen_placeholder__", "__wbindgen_throw", "wasm-bindgen"],
    ["./app_bg.js", "__wbg_log", "wasm-bindgen"],
    ["gojs", "runtime.wasmExit", "GOOS=wasip1"],
    ["lunatic_web", "trap", "reserved"],
    ["elsewhere", "thing", "wasi_snapshot_preview1 only"],
    ["__proto__", "toString", "wasi_snapshot_preview1 only"],
    ["lunatic::message", "toString", "lunatic crate from 0.12 to 0.14"],
    ["lunatic::message", "__proto__", "lunatic crate from 0.12 to 0.14"],
  ])("says what to do about %s %s", (module, name, remedy) => {
    const error = linkError({ module, name });
    expect(error).toMatchObject({ module, importName: name, expected: undefined });
    expect(error.remedy).toContain(remedy);
  });

  test("a name of megabytes is refused as quickly as any other, in a message one can read", () => {
    const error = linkError({ name: "x".repeat(4_000_000) });
    expect(error.message.length).toBeLessThan(1000);
  });
});

describe("what as-lunatic declares differently (host ABI ch. 2)", () => {
  const DEVIATING: readonly ModuleImport[] = [
    { ...RECEIVE, name: "send_receive_skip_search", params: ["i64", "i64"] },
    {
      ...RECEIVE,
      module: "lunatic::distributed",
      name: "send_receive_skip_search",
      params: ["i64", "i64", "i64"],
    },
    {
      ...RECEIVE,
      module: "lunatic::distributed",
      name: "spawn",
      params: ["i64", "i64", "i64", "i64", "i32", "i32", "i32", "i32", "i32"],
    },
    { ...RECEIVE, module: "lunatic::networking", name: "get_read_timeout", params: ["i64"] },
    { ...RECEIVE, module: "lunatic::networking", name: "get_peek_timeout", params: ["i64"] },
    { ...RECEIVE, module: "lunatic::networking", name: "set_peek_timeout", params: ["i64", "i64"] },
  ];

  test.each(DEVIATING)("$module::$name links as $params", (wanted) => {
    expect(alternativeSignature(wanted.module, wanted.name)).toBeDefined();
    expect(link(wanted)[wanted.module]![wanted.name]).toBeTypeOf("function");
  });

  test.each(DEVIATING.slice(1))("$module::$name traps, for its feature is missing", (wanted) => {
    const call = link(wanted)[wanted.module]![wanted.name] as (...values: Value[]) => unknown;
    const values = wanted.params.map((type) => (type === "i64" ? 0n : 0));
    expect(() => call(...values)).toThrow(GuestTrap);
  });

  test("a module that imports one function with both types is refused: a name has one meaning", () => {
    const host = { ...DEVIATING[0]!, params: ["i64", "i64", "i64"] };
    expect(() => link(host, host)).not.toThrow();
    expect(() => link(host, DEVIATING[0]!)).toThrow(LinkError);
    expect(() => link(DEVIATING[0]!, host)).toThrow(LinkError);
  });

  test("send_receive_skip_search without a tag waits on the tag of the message it sends", () => {
    const host = new Host();
    const child = host.child();
    const { imports } = linkImports(
      [{ ...RECEIVE, name: "create_data", params: ["i64", "i64"], results: [] }, DEVIATING[0]!],
      host.binding,
      {},
    );
    const { create_data: create, send_receive_skip_search: request } = imports["lunatic::message"]!;
    host.call(host.root, create!, [21n, 0n]);
    expect(host.call(host.root, request!, [child.pid, -1n])).toBe("parked");
    child.sendText(host.root.pid, 22n, "another");
    expect(host.root.body.resumed).toEqual([]);
    child.sendText(host.root.pid, 21n, "reply");
    expect(host.root.body.resumed).toEqual([0]);
  });
});

describe("checkImports", () => {
  test("refuses what linkImports refuses, and lets the rest pass without a host", () => {
    expect(() => checkImports(ALL_IMPORTS)).not.toThrow();
    expect(() => checkImports([RECEIVE, { ...RECEIVE, name: "recieve" }])).toThrow("did you mean");
    expect(() => checkImports([{ ...RECEIVE, results: [] }])).toThrow(LinkError);
  });
});

describe("what a host function throws into the guest", () => {
  function throwing(error: unknown, name = "args_get") {
    const host = new Host();
    const fail = () => {
      throw error;
    };
    const params = name === "poll_oneoff" ? ["i32", "i32", "i32", "i32"] : ["i32", "i32"];
    const wanted = { module: WASI_PREVIEW1, name, kind: "function", params, results: ["i32"] };
    const fn = linkImports([wanted], host.binding, { [name]: fail }).imports[WASI_PREVIEW1]![name]!;
    return fn as () => unknown;
  }

  test.each(["args_get", "poll_oneoff"])(
    "%s: a bug is a HostFault that names function, process and cause",
    (name) => {
      const bug = new TypeError("undefined is not a function");
      expect(throwing(bug, name)).toThrow(HostFault);
      try {
        throwing(bug, name)();
      } catch (error) {
        expect(error).not.toBeInstanceOf(GuestTrap);
        expect(error).toMatchObject({ hostFunction: `${WASI_PREVIEW1}::${name}`, pid: 1, cause: bug });
      }
    },
  );

  test("a trap stays a trap, with the function's name once", () => {
    const trap = new GuestTrap("no");
    expect(throwing(trap)).toThrow(trap);
    expect(throwing(trap)).toThrow(/^wasi_snapshot_preview1::args_get: no$/);
  });

  test("the unwinding of a dead process passes as it is", () => {
    const stopped = new ProcessStopped("dead");
    expect(throwing(stopped)).toThrow(stopped);
    expect(stopped.message).toBe("dead");
  });

  test("an exhausted stack is the guest's trap, not a bug", () => {
    const recurse = (): number => recurse() + 1;
    let exhausted: unknown;
    try {
      recurse();
    } catch (error) {
      exhausted = error;
    }
    expect(throwing(exhausted)).toThrow(GuestTrap);
    expect(throwing(exhausted)).toThrow("the call stack is exhausted");
  });
});

describe("mayBlock", () => {
  test("is true for what may park, WASI's clocks and input included, and false for the rest and the unknown", () => {
    for (const name of ["receive", "send_receive_skip_search"])
      expect(mayBlock("lunatic::message", name)).toBe(true);
    for (const name of ["poll_oneoff", "fd_read", "fd_write", "sched_yield"])
      expect(mayBlock(WASI_PREVIEW1, name)).toBe(true);
    expect(mayBlock("lunatic::message", "send")).toBe(false);
    expect(mayBlock(WASI_PREVIEW1, "fd_seek")).toBe(false);
    expect(mayBlock("lunatic::message", "toString")).toBe(false);
    expect(mayBlock("env", "receive")).toBe(false);
  });
});
