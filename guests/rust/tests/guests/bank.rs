use super::*;

#[lunatic::test]
fn transfers_neither_make_coins_nor_lose_them() {
    let bank = Bank::link().start(3).unwrap();
    assert!(bank.transfer(0, 1, 400));
    assert!(bank.transfer(1, 2, 1_400));
    assert_eq!(bank.audit(), (3_000, 2));
}

#[lunatic::test]
fn nobody_spends_more_than_there_is() {
    let bank = Bank::link().start(2).unwrap();
    assert!(!bank.transfer(0, 1, 1_001));
    assert_eq!(bank.audit(), (2_000, 0));
}

#[lunatic::test]
fn random_numbers_are_the_same_in_every_run() {
    let draw = || {
        let mut state = 7;
        [0; 8].map(|_| next_random(&mut state))
    };
    assert_eq!(draw(), draw());
}

#[lunatic::test]
#[should_panic]
fn an_unknown_account_closes_the_bank_and_all_it_is_linked_to() {
    let bank = Bank::link().start(1).unwrap();
    bank.transfer(0, 1, 5);
    lunatic::sleep(Duration::from_secs(3_600));
}

/// Some customers lose their cards in that time; it is long for a test.
#[lunatic::test]
#[ignore]
fn no_coin_is_lost_in_three_seconds_of_business() {
    let bank = Bank::link().start_as(&"bank", 10).unwrap();
    Process::spawn_link((bank, 0, 10, 10), branch);
    sleep(Duration::from_secs(3));
    let (total, transfers) = bank.audit();
    assert_eq!(total, 10_000);
    assert!(transfers > 0);
}
