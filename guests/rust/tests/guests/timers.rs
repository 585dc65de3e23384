use super::*;

#[lunatic::test]
fn messages_come_by_time_and_not_by_call(mailbox: Mailbox<String>) {
    let this = mailbox.this();
    this.send_after("second".to_string(), milliseconds(60));
    this.send_after("first".to_string(), milliseconds(5));
    assert_eq!(mailbox.receive(), "first");
    assert_eq!(mailbox.receive(), "second");
}

#[lunatic::test]
fn a_cancelled_timer_never_rings(mailbox: Mailbox<String>) {
    let alarm = mailbox
        .this()
        .send_after("wake up".to_string(), milliseconds(30));
    assert!(alarm.cancel());
    assert!(mailbox.receive_timeout(milliseconds(60)).is_err());
}

#[lunatic::test]
fn a_method_is_called_with_a_delay(mailbox: Mailbox<String>) {
    let egg = Egg::link().start(mailbox.this()).unwrap();
    egg.with_delay(milliseconds(10)).ready();
    assert!(mailbox.receive_timeout(Duration::ZERO).is_err());
    assert_eq!(mailbox.receive(), "the egg is ready");
}
