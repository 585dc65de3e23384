//! A bank to watch: for about ten seconds customers move money about, now and
//! then one of them crashes and is replaced, and no coin is ever lost.
//!
//! root ── bank (keeps the accounts)
//!    └─── branches ── customers (each at one account)
//!
//! Arguments: seconds (default 10), branches (3), customers per branch (5).

use std::time::Duration;

use lunatic::ap::{AbstractProcess, Config, ProcessRef};
use lunatic::{abstract_process, sleep, Mailbox, MessageSignal, Process, Tag};

struct Bank {
    accounts: Vec<u64>,
    transfers: u64,
}

#[abstract_process]
impl Bank {
    #[init]
    fn init(_: Config<Self>, accounts: usize) -> Result<Self, ()> {
        Ok(Bank {
            accounts: vec![1_000; accounts],
            transfers: 0,
        })
    }

    #[handle_request]
    fn transfer(&mut self, from: usize, to: usize, amount: u64) -> bool {
        if self.accounts[from] < amount {
            return false;
        }
        self.accounts[from] -= amount;
        self.accounts[to] += amount;
        self.transfers += 1;
        true
    }

    #[handle_request]
    fn audit(&self) -> (u64, u64) {
        (self.accounts.iter().sum(), self.transfers)
    }
}

/// Numbers that look random and are the same in every run.
fn next_random(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 32) as usize
}

/// Transfers money from `account` until the card is lost.
fn customer(
    (bank, account, accounts, visit): (ProcessRef<Bank>, usize, usize, u64),
    _: Mailbox<()>,
) {
    let mut random = (account as u64 + 1) * 0x9E37_79B9 + visit * 0x85EB_CA6B + 1;
    loop {
        sleep(Duration::from_millis(
            20 + next_random(&mut random) as u64 % 400,
        ));
        let to = next_random(&mut random) % accounts;
        let amount = 1 + next_random(&mut random) as u64 % 200;
        bank.transfer(account, to, amount);
        if next_random(&mut random) % 25 == 0 {
            panic!("the customer of account {account} has lost the card");
        }
    }
}

/// Looks after the customers of the accounts from `first`: one who crashes is
/// replaced by another with a new card.
fn branch(
    (bank, first, customers, accounts): (ProcessRef<Bank>, usize, usize, usize),
    mailbox: Mailbox<()>,
) {
    let mailbox = mailbox.catch_link_failure();
    let welcome = |account: usize, visit: u64| {
        let card = Tag::new();
        Process::spawn_link_tag((bank, account, accounts, visit), card, customer);
        (card, account, visit)
    };
    let mut present: Vec<_> = (first..first + customers)
        .map(|account| welcome(account, 0))
        .collect();
    loop {
        if let MessageSignal::Signal(lost) = mailbox.receive() {
            let place = present
                .iter()
                .position(|(card, ..)| *card == lost.0)
                .unwrap();
            let (_, account, visit) = present[place];
            present[place] = welcome(account, visit + 1);
        }
    }
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse().unwrap());
    let seconds = args.next().unwrap_or(10);
    let branches = args.next().unwrap_or(3);
    let customers = args.next().unwrap_or(5);
    let accounts = branches * customers;

    let bank = Bank::link().start_as(&"bank", accounts).unwrap();
    for number in 0..branches {
        Process::spawn_link((bank, number * customers, customers, accounts), branch);
    }

    for second in 1..=seconds {
        sleep(Duration::from_secs(1));
        let (total, transfers) = bank.audit();
        println!("second {second}: {accounts} accounts hold {total}");
        eprintln!("{transfers} transfers so far");
    }
    println!("closing time");
}

#[cfg(test)]
#[path = "../../tests/guests/bank.rs"]
mod tests;
