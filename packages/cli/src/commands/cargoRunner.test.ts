import { expect, test } from "vitest";
import { RUN } from "../options/specs.ts";
import { isCargoTest, separateGuestArguments } from "./cargoRunner.ts";

const CARGO = { CARGO_MANIFEST_DIR: "/project" };
const BINARY = "/project/target/wasm32-wasip1/debug/deps/app-0a1b2c.wasm";

test.for([
  [BINARY],
  ["target/wasm32-wasi/release/deps/app-0a1b2c.wasm"],
  ["C:\\project\\target\\wasm32-wasi\\debug\\deps\\app.wasm", "filter", "--nocapture"],
  ["/elsewhere/wasm32-wasip1/debug/deps/app-0a1b2c.wasm"],
  ["--browser", "firefox", "/w/target/wasm32-unknown-unknown/custom/deps/a.wasm", "--exact"],
])("cargo runs tests by %o", (argv) => {
  expect(isCargoTest(argv, CARGO)).toBe(true);
});

test.for([
  [["/project/target/wasm32-wasip1/debug/app.wasm"], CARGO],
  [["/project/target/wasm32-wasip1/debug/examples/a.wasm"], CARGO],
  [["/project/target/x86_64-unknown-linux-gnu/debug/deps/a.wasm"], CARGO],
  [[BINARY, "--bench"], CARGO],
  [[BINARY], {}],
] as const)("cargo runs no tests by %o", ([argv, env]) => {
  expect(isCargoTest(argv, env)).toBe(false);
});

const PROGRAM = "/project/target/wasm32-wasip1/debug/app.wasm";

test.for([
  [
    [PROGRAM, "--n", "3"],
    [PROGRAM, "--", "--n", "3"],
  ],
  [
    [PROGRAM, "a", "-v", "b"],
    [PROGRAM, "a", "--", "-v", "b"],
  ],
  [
    [PROGRAM, "--help"],
    [PROGRAM, "--", "--help"],
  ],
  [
    ["--browser", "firefox", PROGRAM, "--dir", "-d", "--n=3"],
    ["--browser", "firefox", PROGRAM, "--dir", "-d", "--", "--n=3"],
  ],
] as const)("what cargo run is given for the program goes to it: %o", ([argv, expected]) => {
  expect(separateGuestArguments(argv, CARGO, RUN)).toEqual(expected);
});

test.for([
  [[PROGRAM, "a", "--dir=data", "-"], CARGO],
  [[PROGRAM, "--", "--n", "3"], CARGO],
  [["--nonsense", PROGRAM], CARGO],
  [[PROGRAM, "--nonsense"], {}],
] as const)("the arguments stay as they are: %o", ([argv, env]) => {
  expect(separateGuestArguments(argv, env, RUN)).toEqual(argv);
});
