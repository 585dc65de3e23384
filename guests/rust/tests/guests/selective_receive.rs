use super::*;

fn post(mailbox: Mailbox<String>) -> (Tag, Tag) {
    let (letter, telegram) = (Tag::special(64).unwrap(), Tag::special(65).unwrap());
    post_office((mailbox.this(), letter, telegram), unsafe {
        Mailbox::new()
    });
    (letter, telegram)
}

#[lunatic::test]
fn a_telegram_jumps_the_queue(mailbox: Mailbox<String>) {
    let (_, telegram) = post(mailbox);
    assert_eq!(mailbox.tag_receive(&[telegram]), "telegram: come at once");
    assert_eq!(mailbox.receive(), "letter 1");
}

#[lunatic::test]
fn of_several_tags_the_oldest_message_comes_first(mailbox: Mailbox<String>) {
    let (letter, telegram) = post(mailbox);
    let read = [(); 4].map(|_| mailbox.tag_receive(&[telegram, letter]));
    assert_eq!(
        read,
        ["letter 1", "letter 2", "telegram: come at once", "letter 3"]
    );
}

#[lunatic::test]
fn what_was_passed_over_keeps_its_order(mailbox: Mailbox<String>) {
    let (_, telegram) = post(mailbox);
    mailbox.tag_receive(&[telegram]);
    let left = [(); 4].map(|_| mailbox.receive());
    assert_eq!(
        left,
        ["letter 1", "letter 2", "letter 3", "postcard without a tag"]
    );
}

#[lunatic::test]
fn a_parcel_that_nobody_sends_times_out(mailbox: Mailbox<String>) {
    post(mailbox);
    let parcel = Tag::special(66).unwrap();
    let outcome = mailbox.tag_receive_timeout(&[parcel], Duration::from_millis(5));
    assert!(matches!(outcome, Err(MailboxError::TimedOut)));
}
