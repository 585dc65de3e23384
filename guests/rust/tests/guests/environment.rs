use super::*;

fn tell_arguments(parent: Process<Vec<String>>, _: Mailbox<()>) {
    parent.send(env::args().collect());
}

fn tell_mood(parent: Process<Option<String>>, _: Mailbox<()>) {
    parent.send(env::var("MOOD").ok());
}

#[lunatic::test]
fn a_child_has_the_arguments_of_its_parent(mailbox: Mailbox<Vec<String>>) {
    Process::spawn_link(mailbox.this(), tell_arguments);
    assert_eq!(mailbox.receive(), env::args().collect::<Vec<_>>());
}

#[lunatic::test]
fn a_config_sets_the_arguments_of_a_child(mailbox: Mailbox<Vec<String>>) {
    let mut config = ProcessConfig::new().unwrap();
    config.add_command_line_argument("program");
    config.add_command_line_argument("--quiet");
    Process::spawn_link_config(&config, mailbox.this(), tell_arguments);
    assert_eq!(mailbox.receive(), ["program", "--quiet"]);
}

#[lunatic::test]
fn a_config_sets_the_variables_of_a_child_and_no_others(mailbox: Mailbox<Option<String>>) {
    let mut calm = ProcessConfig::new().unwrap();
    calm.add_environment_variable("MOOD", "calm");
    Process::spawn_link_config(&calm, mailbox.this(), tell_mood);
    assert_eq!(mailbox.receive().as_deref(), Some("calm"));

    let none = ProcessConfig::new().unwrap();
    Process::spawn_link_config(&none, mailbox.this(), tell_mood);
    assert_eq!(mailbox.receive(), None);
}
