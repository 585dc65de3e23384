use super::*;

/// The answer of `work` under `config`, or none if it was ended.
fn outcome(config: &ProcessConfig, mailbox: Survivor, work: Work) -> Option<String> {
    Process::spawn_link_config_tag(config, mailbox.this(), Tag::new(), work);
    match mailbox.receive() {
        MessageSignal::Message(answer) => Some(answer),
        MessageSignal::Signal(_) => None,
    }
}

#[lunatic::test]
fn memory_is_granted_up_to_the_limit(mailbox: Mailbox<String>) {
    let mut config = ProcessConfig::new().unwrap();
    config.set_max_memory(8 * MIB as u64);
    let mailbox = mailbox.catch_link_failure();
    let answer = outcome(&config, mailbox, ask_for_memory);
    assert_eq!(
        answer.as_deref(),
        Some("1 MiB granted: true, 64 MiB granted: false")
    );
    assert_eq!(outcome(&config, mailbox, insist_on_memory), None);
}

#[lunatic::test]
fn an_endless_computation_ends_with_its_fuel(mailbox: Mailbox<String>) {
    let mut config = ProcessConfig::new().unwrap();
    config.set_max_fuel(10);
    assert_eq!(
        outcome(&config, mailbox.catch_link_failure(), compute_for_ever),
        None
    );
}

#[lunatic::test]
fn a_new_config_allows_nothing_but_computing(mailbox: Mailbox<String>) {
    let config = ProcessConfig::new().unwrap();
    let mailbox = mailbox.catch_link_failure();
    assert_eq!(outcome(&config, mailbox, spawn_a_child), None);
    assert_ne!(
        outcome(&config, mailbox, make_a_config).as_deref(),
        Some("made a config")
    );
    let files = outcome(&config, mailbox, read_the_directory);
    assert_eq!(files.as_deref(), Some("no access"));
}

#[lunatic::test]
fn a_config_allows_what_it_names(mailbox: Mailbox<String>) {
    let mut config = ProcessConfig::new().unwrap();
    config.set_can_spawn_processes(true);
    config.set_can_create_configs(true);
    preopen(&config, ".");
    let mailbox = mailbox.catch_link_failure();
    let answers = [spawn_a_child as Work, make_a_config, read_the_directory]
        .map(|work| outcome(&config, mailbox, work).unwrap());
    assert_eq!(
        answers,
        ["spawned a child", "made a config", "read the directory"]
    );
}
