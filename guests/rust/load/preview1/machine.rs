//! Clocks, randomness, waiting, standard streams.

use super::sys::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("clocks tell a resolution and never run backwards", clocks),
    ("the monotonic clock moves with every look at it", moving_clock),
    ("other clocks are refused", other_clocks),
    ("random bytes are not all zero, and none may be asked for", randomness),
    ("yielding succeeds", yielding),
    ("a poll ends with its time-out or with input", poll_input),
    ("output can always be written", poll_output),
    ("a poll of nothing is invalid, of a closed descriptor an event", poll_nothing),
    ("the standard streams are no sockets", sockets),
    ("standard input can get another number", streams),
];

const REALTIME: u32 = 0;
const MONOTONIC: u32 = 1;

fn clocks(_: Fd) {
    for clock in [REALTIME, MONOTONIC] {
        assert!(resolution(clock).unwrap() > 0);
        let first = time(clock).unwrap();
        assert!(time(clock).unwrap() >= first);
    }
}

fn moving_clock(_: Fd) {
    // As often as a compiled loop looks within one step of a browser's clock.
    for _ in 0..10_000 {
        let first = time(MONOTONIC).unwrap();
        assert!(time(MONOTONIC).unwrap() > first);
    }
}

fn other_clocks(_: Fd) {
    assert_eq!(time(77), Err(INVAL));
    assert_eq!(resolution(77), Err(INVAL));
}

fn randomness(_: Fd) {
    assert!(random(1024).unwrap().iter().any(|&byte| byte != 0));
    assert!(random(200_000).unwrap()[150_000..].iter().any(|&byte| byte != 0));
    assert_eq!(random(0), Ok(vec![]));
}

fn yielding(_: Fd) {
    yield_now().unwrap();
}

const CLOCK: u64 = 0x1234_5678;
const INPUT: u64 = 0x8765_4321;

fn timeout(nanoseconds: u64) -> Subscription {
    Subscription { userdata: CLOCK, subject: MONOTONIC, timeout: nanoseconds, ..Default::default() }
}

fn poll_input(_: Fd) {
    let input = Subscription { userdata: INPUT, tag: 1, ..Default::default() };
    let before = time(MONOTONIC).unwrap();
    let events = poll(&[timeout(20_000_000), input]).unwrap();
    assert!(!events.is_empty());
    for event in events {
        assert_eq!(event.error, 0);
        match event.userdata {
            CLOCK => assert!(time(MONOTONIC).unwrap() - before >= 20_000_000),
            userdata => assert_eq!((userdata, event.tag), (INPUT, 1)),
        }
    }
}

fn poll_output(_: Fd) {
    let output = |fd| Subscription { userdata: fd, tag: 2, subject: fd as u32, ..Default::default() };
    let mut events = poll(&[output(1), output(2), timeout(10_000_000_000)]).unwrap();
    events.sort_by_key(|event| event.userdata);
    assert_eq!(events.iter().map(|event| event.userdata).collect::<Vec<_>>(), [1, 2]);
    assert!(events.iter().all(|event| event.tag == 2 && event.error == 0));
}

fn poll_nothing(_: Fd) {
    assert_eq!(poll(&[]).unwrap_err(), INVAL);
    let closed = Subscription { userdata: 9, tag: 1, subject: 999, ..Default::default() };
    let events = poll(&[closed, timeout(10_000_000_000)]).unwrap();
    assert_eq!((events.len(), events[0].userdata, events[0].error), (1, 9, BADF));
}

fn sockets(_: Fd) {
    assert_eq!(shutdown(1), Err(NOTSOCK));
    assert_eq!(shutdown(999), Err(BADF));
}

fn streams(directory: Fd) {
    let file = open(directory, "file", CREATE, 0).unwrap();
    renumber(0, file).unwrap();
    assert!(fdstat(file).is_ok());
    assert_eq!(fdstat(0), Err(BADF));
    close(file).unwrap();
}
