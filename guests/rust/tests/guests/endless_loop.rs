use super::*;

fn spin() -> Process<()> {
    #[allow(clippy::empty_loop)]
    Process::spawn((), |_, _: Mailbox<()>| loop {})
}

#[lunatic::test]
fn a_loop_that_never_waits_stops_nobody_else() {
    let spinner = spin();
    let clock = spawn_link!(@task || (0..3).map(|tick| {
        sleep(Duration::from_millis(1));
        tick
    }).sum::<u32>());
    assert_eq!(clock.result(), 3);
    assert!(spinner.is_alive());
}

#[lunatic::test]
fn a_loop_is_killed_in_the_middle_of_its_work(mailbox: Mailbox<()>) {
    let mailbox = mailbox.monitorable();
    let spinner = spin();
    mailbox.monitor(spinner);
    sleep(Duration::from_millis(5));
    spinner.kill();
    let news = mailbox.receive();
    assert!(matches!(news, MessageSignal::Signal(ProcessDiedSignal(id)) if id == spinner.id()));
    assert!(!spinner.is_alive());
}

/// Never ends: what a runner's time limit is for.
#[lunatic::test]
#[ignore]
fn a_test_that_hangs_is_named_and_killed() {
    #[allow(clippy::empty_loop)]
    loop {}
}
