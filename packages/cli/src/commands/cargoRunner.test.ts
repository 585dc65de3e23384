import { expect, test } from "vitest";
import { isCargoTest } from "./cargoRunner.ts";

const CARGO = { CARGO_MANIFEST_DIR: "/project" };
const BINARY = "/project/target/wasm32-wasip1/debug/deps/app-0a1b2c.wasm";

test.for([
  [BINARY],
  ["target/wasm32-wasi/release/deps/app-0a1b2c.wasm"],
  ["C:\\project\\target\\wasm32-wasi\\debug\\deps\\app.wasm", "filter", "--nocapture"],
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
