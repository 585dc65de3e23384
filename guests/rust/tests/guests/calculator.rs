use super::*;

#[lunatic::test]
fn adds_two_numbers() {
    let session = Process::spawn_link((), calculator);
    let (_, sum) = session.select_left().send(-2).send(44).receive();
    assert_eq!(sum, 42);
}

#[lunatic::test]
fn negates_a_number() {
    let session = Process::spawn_link((), calculator);
    let (_, opposite) = session.select_right().send(7).receive();
    assert_eq!(opposite, -7);
}

#[lunatic::test]
#[should_panic]
fn an_overflow_ends_both_ends_of_the_session() {
    let session = Process::spawn_link((), |_: (), session: Protocol<Calculator>| {
        let _: Protocol<End> = match session.offer() {
            Branch::Left(add) => {
                let (add, left) = add.receive();
                let (add, right) = add.receive();
                add.send(left.checked_add(right).expect("no overflow"))
            }
            Branch::Right(negate) => {
                let (negate, number) = negate.receive();
                negate.send(-number)
            }
        };
    });
    let _ = session.select_left().send(i32::MAX).send(1).receive();
}
