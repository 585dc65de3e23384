use super::*;

fn death_after(mailbox: Mailbox<()>, order: Order) {
    let mailbox = mailbox.monitorable();
    let process = Process::spawn((), worker);
    mailbox.monitor(process);
    process.send(order);
    let news = mailbox.receive();
    assert!(matches!(news, MessageSignal::Signal(ProcessDiedSignal(id)) if id == process.id()));
}

#[lunatic::test]
fn a_good_end_is_told(mailbox: Mailbox<()>) {
    death_after(mailbox, Order::Return);
}

#[lunatic::test]
fn a_panic_is_told_and_harms_nobody(mailbox: Mailbox<()>) {
    death_after(mailbox, Order::Panic);
}

#[lunatic::test]
fn a_kill_is_told(mailbox: Mailbox<()>) {
    let mailbox = mailbox.monitorable();
    let process = Process::spawn((), worker);
    mailbox.monitor(process);
    process.send(Order::Wait);
    process.kill();
    let news = mailbox.receive();
    assert!(matches!(news, MessageSignal::Signal(ProcessDiedSignal(id)) if id == process.id()));
}

#[lunatic::test]
fn who_stopped_watching_hears_nothing(mailbox: Mailbox<()>) {
    let mailbox = mailbox.monitorable();
    let process = Process::spawn((), worker);
    mailbox.monitor(process);
    mailbox.stop_monitoring(process);
    process.send(Order::Return);
    while process.is_alive() {
        lunatic::sleep(std::time::Duration::from_millis(1));
    }
    assert!(mailbox.receive_timeout(std::time::Duration::ZERO).is_err());
}
