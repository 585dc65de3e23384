//! Our own test suite for a test runner: lunatic's `#[lunatic::test]` runs each function
//! in a process of its own. Most tests pass; the last module holds tests that
//! fail on purpose, so that a runner can show how it reports failures. They are
//! ignored in a normal run.

use std::time::Duration;

use lunatic::ap::{AbstractProcess, Config, ProcessRef};
use lunatic::panic::catch_panic;
use lunatic::{
    abstract_process, host, sleep, spawn_link, Mailbox, MailboxError, Process, ProcessConfig, Tag,
};

mod state {
    use super::*;

    struct Stack(Vec<String>);

    #[abstract_process]
    impl Stack {
        #[init]
        fn init(_: Config<Self>, _: ()) -> Result<Self, ()> {
            Ok(Stack(Vec::new()))
        }

        #[handle_message]
        fn push(&mut self, item: String) {
            self.0.push(item);
        }

        #[handle_request]
        fn pop(&mut self) -> Option<String> {
            self.0.pop()
        }
    }

    #[lunatic::test]
    fn survives_between_requests() {
        let stack = Stack::link().start(()).unwrap();
        stack.push("bottom".to_string());
        stack.push("top".to_string());
        assert_eq!(stack.pop().as_deref(), Some("top"));
        assert_eq!(stack.pop().as_deref(), Some("bottom"));
        assert_eq!(stack.pop(), None);
    }

    #[lunatic::test]
    fn is_found_by_name() {
        Stack::link().start_as(&"stack", ()).unwrap();
        let found = ProcessRef::<Stack>::lookup("stack").unwrap();
        found.push("item".to_string());
        assert_eq!(found.pop().as_deref(), Some("item"));
    }

    #[lunatic::test]
    fn names_of_another_test_are_unknown() {
        // Each test has a registry of its own, also when tests run side by side.
        sleep(Duration::from_millis(10));
        assert!(ProcessRef::<Stack>::lookup("stack").is_none());
    }

    static mut RUNS: u32 = 0;

    #[lunatic::test]
    fn statics_are_private_to_a_process() {
        let increment = || unsafe {
            RUNS += 1;
            RUNS
        };
        assert_eq!(increment(), 1);
        let in_child = spawn_link!(@task || unsafe {
            RUNS += 1;
            RUNS
        });
        assert_eq!(in_child.result(), 1);
        assert_eq!(increment(), 2);
    }
}

mod messages {
    use super::*;

    #[lunatic::test]
    fn arrive_in_order(mailbox: Mailbox<u32>) {
        Process::spawn_link(mailbox.this(), |parent: Process<u32>, _: Mailbox<()>| {
            (0..500).for_each(|number| parent.send(number));
        });
        assert!((0..500).all(|number| mailbox.receive() == number));
    }

    #[lunatic::test]
    fn are_chosen_by_tag(mailbox: Mailbox<char>) {
        let (early, late) = (Tag::special(64).unwrap(), Tag::special(65).unwrap());
        mailbox.this().tag_send(late, 'b');
        mailbox.this().tag_send(early, 'a');
        assert_eq!(mailbox.tag_receive(&[early]), 'a');
        assert_eq!(mailbox.tag_receive(&[early, late]), 'b');
    }

    #[lunatic::test]
    fn that_never_come_time_out(mailbox: Mailbox<()>) {
        let outcome = mailbox.receive_timeout(Duration::from_millis(5));
        assert!(matches!(outcome, Err(MailboxError::TimedOut)));
    }

    #[lunatic::test]
    fn may_be_a_megabyte_long(mailbox: Mailbox<Vec<u8>>) {
        let large: Vec<u8> = (0..1_048_576).map(|index| (index % 251) as u8).collect();
        mailbox.this().send(large.clone());
        assert!(mailbox.receive() == large);
    }
}

mod failures {
    use super::*;

    #[lunatic::test]
    #[should_panic]
    fn end_the_test() {
        panic!();
    }

    #[lunatic::test]
    #[should_panic(expected = "index out of bounds: the len is 3 but the index is")]
    fn carry_the_expected_text() {
        let three = [1, 2, 3];
        // Through a string, so that the compiler does not see it coming.
        let index: usize = "7".parse().unwrap();
        assert_eq!(three[index], 0);
    }

    #[lunatic::test]
    #[should_panic]
    fn of_a_linked_child_end_the_test() {
        let child = spawn_link!(@task || panic!("the child fails"));
        let _: u32 = child.result();
    }

    #[lunatic::test]
    fn of_an_unlinked_child_are_its_own() {
        let child = Process::spawn((), |_, _: Mailbox<()>| panic!("only me"));
        while child.is_alive() {
            sleep(Duration::from_millis(1));
        }
    }

    #[lunatic::test]
    fn can_be_caught() {
        assert!(catch_panic(|| panic!("caught")).is_err());
        assert_eq!(catch_panic(|| 6 * 7), Ok(42));
    }

    #[lunatic::test]
    #[should_panic]
    fn of_missing_permissions_reach_the_parent() {
        let config = ProcessConfig::new().unwrap();
        let child = spawn_link!(@task &config, || {
            Process::spawn((), |_, _: Mailbox<()>| {});
        });
        let () = child.result();
    }
}

mod results {
    use super::*;

    #[lunatic::test]
    fn may_be_returned() -> Result<(), std::num::ParseIntError> {
        assert_eq!("42".parse::<u32>()?, 42);
        Ok(())
    }

    #[lunatic::test]
    fn tests_start_as_process_one() {
        assert_eq!(host::process_id(), 1);
    }
}

/// Run with `--ignored`: all but the last fail.
mod deliberate {
    use super::*;

    #[lunatic::test]
    #[ignore]
    fn failure_with_a_message() {
        println!("printed before the failure");
        assert_eq!(1 + 1, 3, "arithmetic still works");
    }

    #[lunatic::test]
    #[ignore]
    #[should_panic(expected = "blue")]
    fn failure_by_the_wrong_panic() {
        panic!("red");
    }

    #[lunatic::test]
    #[ignore]
    #[should_panic]
    fn failure_to_panic() {}

    #[lunatic::test]
    #[ignore]
    fn failure_without_a_message() {
        let this: Process<()> = unsafe { Process::new(host::node_id(), host::process_id()) };
        this.kill();
        sleep(Duration::from_secs(3600));
    }

    #[lunatic::test]
    #[ignore]
    fn failure_by_an_error() -> Result<(), String> {
        Err("the result is an error".to_string())
    }

    #[lunatic::test]
    #[ignore]
    fn success_with_output_of_two_processes() {
        println!("said by the test");
        let child = spawn_link!(@task || println!("said by its child"));
        let () = child.result();
    }
}
