use super::*;

#[lunatic::test]
fn a_process_without_directories_finds_nothing(mailbox: Mailbox<String>) {
    fs::write(JOURNAL, "secret").unwrap();
    let config = ProcessConfig::new().unwrap();
    let this = mailbox.this();
    spawn_link!(&config, |this, mailbox: Mailbox<()>| stranger(this, mailbox));
    assert_eq!(mailbox.receive(), "finds no journal");
    fs::remove_file(JOURNAL).unwrap();
}
