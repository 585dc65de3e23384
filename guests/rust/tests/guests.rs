//! The behaviour of the programs in `src/bin`, tested as their authors would:
//! each of those files has its tests in a module of its own, kept in
//! `tests/guests` so that the programs stay short. Here they are one binary.

#![allow(dead_code)] // every program has a `main`

#[path = "../src/bin/bank.rs"]
mod bank;
#[path = "../src/bin/calculator.rs"]
mod calculator;
#[path = "../src/bin/catch_panic.rs"]
mod catch_panic;
#[path = "../src/bin/counter.rs"]
mod counter;
#[path = "../src/bin/deep_panic.rs"]
mod deep_panic;
#[path = "../src/bin/endless_loop.rs"]
mod endless_loop;
#[path = "../src/bin/environment.rs"]
mod environment;
#[path = "../src/bin/files.rs"]
mod files;
#[path = "../src/bin/key_value_store.rs"]
mod key_value_store;
#[path = "../src/bin/limits.rs"]
mod limits;
#[path = "../src/bin/links.rs"]
mod links;
#[path = "../src/bin/monitors.rs"]
mod monitors;
#[path = "../src/bin/ping_pong.rs"]
mod ping_pong;
#[path = "../src/bin/primes.rs"]
mod primes;
#[path = "../src/bin/registry.rs"]
mod registry;
#[path = "../src/bin/ring.rs"]
mod ring;
#[path = "../src/bin/selective_receive.rs"]
mod selective_receive;
#[path = "../src/bin/shared_file.rs"]
mod shared_file;
#[path = "../src/bin/supervisor.rs"]
mod supervisor;
#[path = "../src/bin/timers.rs"]
mod timers;
#[path = "../src/bin/tree.rs"]
mod tree;
