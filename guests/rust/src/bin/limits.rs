//! What a process may do is decided by whoever starts it. A new config allows
//! nothing but computing; memory and computing time can be limited as well.

use lunatic::serializer::Bincode;
use lunatic::{host, LinkDiedSignal, Mailbox, MessageSignal, Process, ProcessConfig, Tag};

type Work = fn(Process<String>, Mailbox<()>);
type Survivor = Mailbox<String, Bincode, LinkDiedSignal>;

/// Runs `work` under `config` and says how it ended: with a message from it,
/// or with its death.
fn attempt(what: &str, config: &ProcessConfig, mailbox: Survivor, work: Work) {
    let link = Tag::new();
    Process::spawn_link_config_tag(config, mailbox.this(), link, work);
    match mailbox.receive() {
        MessageSignal::Message(answer) => println!("{what}: {answer}"),
        MessageSignal::Signal(LinkDiedSignal(tag)) => {
            assert_eq!(tag, link);
            println!("{what}: the process was ended");
        }
    }
}

const MIB: usize = 1024 * 1024;

fn ask_for_memory(parent: Process<String>, _: Mailbox<()>) {
    let mut memory: Vec<u8> = Vec::new();
    let small = memory.try_reserve_exact(MIB).is_ok();
    let large = memory.try_reserve_exact(64 * MIB).is_ok();
    parent.send(format!("1 MiB granted: {small}, 64 MiB granted: {large}"));
}

fn insist_on_memory(parent: Process<String>, _: Mailbox<()>) {
    let memory = vec![1_u8; 64 * MIB];
    parent.send(format!("got {} bytes", memory.len()));
}

fn compute_for_ever(_: Process<String>, _: Mailbox<()>) {
    #[allow(clippy::empty_loop)]
    loop {}
}

fn spawn_a_child(parent: Process<String>, _: Mailbox<()>) {
    Process::spawn_link((), |_, _: Mailbox<()>| {});
    parent.send("spawned a child".to_string());
}

fn make_a_config(parent: Process<String>, _: Mailbox<()>) {
    parent.send(match ProcessConfig::new() {
        Ok(_) => "made a config".to_string(),
        Err(error) => format!("{error}"),
    });
}

fn read_the_directory(parent: Process<String>, _: Mailbox<()>) {
    parent.send(match std::fs::read_dir(".") {
        Ok(_) => "read the directory".to_string(),
        Err(_) => "no access".to_string(),
    });
}

/// Lets processes with this config use a directory and what is in it. The crate
/// has `ProcessConfig::preopen_dir` for it, but hides it from Rust 1.67 and later.
fn preopen(config: &ProcessConfig, directory: &str) {
    let id = config.id() as u64;
    unsafe { host::api::wasi::config_preopen_dir(id, directory.as_ptr(), directory.len()) };
}

#[lunatic::main]
fn main(mailbox: Mailbox<String>) {
    let mailbox = mailbox.catch_link_failure();

    let mut small = ProcessConfig::new().unwrap();
    small.set_max_memory(8 * MIB as u64);
    attempt("asking for memory", &small, mailbox, ask_for_memory);
    attempt("insisting on memory", &small, mailbox, insist_on_memory);

    // A unit of fuel is 100,000 instructions.
    let mut short = ProcessConfig::new().unwrap();
    short.set_max_fuel(10);
    attempt("computing for ever", &short, mailbox, compute_for_ever);

    let strict = ProcessConfig::new().unwrap();
    attempt("spawning", &strict, mailbox, spawn_a_child);
    attempt("making a config", &strict, mailbox, make_a_config);
    attempt("reading files", &strict, mailbox, read_the_directory);

    let mut trusting = ProcessConfig::new().unwrap();
    trusting.set_can_spawn_processes(true);
    trusting.set_can_create_configs(true);
    preopen(&trusting, ".");
    attempt("spawning, allowed", &trusting, mailbox, spawn_a_child);
    attempt(
        "making a config, allowed",
        &trusting,
        mailbox,
        make_a_config,
    );
    attempt(
        "reading files, allowed",
        &trusting,
        mailbox,
        read_the_directory,
    );
}

#[cfg(test)]
#[path = "../../tests/guests/limits.rs"]
mod tests;
