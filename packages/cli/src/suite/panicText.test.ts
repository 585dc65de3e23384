import { expect, test } from "vitest";
import { panicMessages } from "./panicText.ts";

test.for([
  ["of Rust before 1.73", "thread 'main' panicked at 'red', src/main.rs:1:5\n", ["red"]],
  ["of an unnamed thread", "thread '<unnamed>' panicked at 'red', tests/own_tests.rs:194:9\n", ["red"]],
  [
    "of Rust since 1.73",
    "thread 'main' panicked at src/main.rs:1:5:\nred\nnote: run with `RUST_BACKTRACE=1`…\n",
    ["red"],
  ],
  ["of Rust with thread numbers", "\nthread 'main' (1) panicked at src/main.rs:1:5:\nred\n", ["red"]],
  [
    "of many lines, with quotes",
    "before\nthread 'a' panicked at 'assertion failed: `(left == right)`\n  left: `'x', y`,\n right: `3`', a.rs:1:2\nstack backtrace:\n",
    ["assertion failed: `(left == right)`\n  left: `'x', y`,\n right: `3`"],
  ],
  [
    "of many lines in the new form",
    "thread 'a' panicked at a b.rs:1:2:\nassertion `left == right` failed\n  left: 1\n right: 2\nstack backtrace:\n   0: x\n",
    ["assertion `left == right` failed\n  left: 1\n right: 2"],
  ],
  [
    "of several panics",
    "thread 'a' panicked at 'one', a.rs:1:2\nthread 'a' panicked at b.rs:1:2:\ntwo\n",
    ["one", "two"],
  ],
  ["of an empty panic", "thread 'a' panicked at a.rs:1:2:\n\n", [""]],
  ["that is none", "the thread 'a' panicked at 'x', a.rs:1:2\nthread 'a' panicked at dinner\n", []],
] as const)("the message %s is found", ([, output, messages]) => {
  expect(panicMessages(output)).toEqual(messages);
});
