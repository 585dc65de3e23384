use super::*;

fn round_of(nodes: u64, rounds: u64, mailbox: Mailbox<u64>) -> u64 {
    let first = (0..nodes).fold(mailbox.this(), |next, _| {
        Process::spawn_link((next, rounds), node)
    });
    let mut token = 0;
    for _ in 0..rounds {
        first.send(token);
        token = mailbox.receive();
    }
    token
}

#[lunatic::test]
fn every_process_adds_one(mailbox: Mailbox<u64>) {
    assert_eq!(round_of(40, 3, mailbox), 120);
}

#[lunatic::test]
fn a_ring_of_one_is_a_ring(mailbox: Mailbox<u64>) {
    assert_eq!(round_of(1, 5, mailbox), 5);
}

/// Thousands of processes at once: a load more than a test.
#[lunatic::test]
#[ignore]
fn a_token_passes_two_thousand_processes(mailbox: Mailbox<u64>) {
    assert_eq!(round_of(2_000, 2, mailbox), 4_000);
}
