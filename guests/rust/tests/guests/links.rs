use super::*;

#[lunatic::test]
fn a_chain_dies_as_one(mailbox: Mailbox<()>) {
    let mailbox = mailbox.catch_link_failure();
    let broken = Tag::special(64).unwrap();
    let first = Process::spawn_link_tag(4, broken, chain);
    let news = mailbox.receive();
    assert!(matches!(news, MessageSignal::Signal(LinkDiedSignal(tag)) if tag == broken));
    assert!(!first.is_alive());
}

#[lunatic::test]
#[should_panic]
fn whoever_takes_no_news_dies_with_the_chain() {
    Process::spawn_link(2, chain);
    lunatic::sleep(Duration::from_secs(3_600));
}

#[lunatic::test]
fn a_good_end_says_nothing(mailbox: Mailbox<()>) {
    let mailbox = mailbox.catch_link_failure();
    let calm = spawn_link!(@task || 7);
    assert_eq!(calm.result(), 7);
    assert!(mailbox.receive_timeout(Duration::from_millis(20)).is_err());
}

#[lunatic::test]
fn an_undone_link_ties_nothing(mailbox: Mailbox<()>) {
    let mailbox = mailbox.catch_link_failure();
    let doomed = spawn_link!(|mailbox: Mailbox<()>| {
        mailbox.receive();
        panic!("nobody hears this");
    });
    doomed.unlink();
    doomed.send(());
    while doomed.is_alive() {
        lunatic::sleep(Duration::from_millis(1));
    }
    assert!(mailbox.receive_timeout(Duration::ZERO).is_err());
}
